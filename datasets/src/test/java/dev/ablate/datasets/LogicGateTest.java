package dev.ablate.datasets;

import dev.ablate.core.data.DatasetContract;
import dev.ablate.core.data.DatasetSource;
import dev.ablate.core.option.NoOptions;

final class LogicGateTest extends DatasetContract<NoOptions> {

    @Override
    protected DatasetSource<NoOptions> source() {
        return new LogicGate("", 0, 1, 1, 0);
    }

    @Override
    protected NoOptions options() {
        return new NoOptions();
    }
}
