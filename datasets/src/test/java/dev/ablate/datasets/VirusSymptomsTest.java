package dev.ablate.datasets;

import dev.ablate.core.data.DatasetContract;
import dev.ablate.core.data.DatasetSource;
import dev.ablate.core.option.NoOptions;

final class VirusSymptomsTest extends DatasetContract<NoOptions> {

    @Override
    protected DatasetSource<NoOptions> source() {
        return new VirusSymptoms();
    }

    @Override
    protected NoOptions options() {
        return new NoOptions();
    }
}
