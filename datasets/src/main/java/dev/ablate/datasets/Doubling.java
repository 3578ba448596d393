package dev.ablate.datasets;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.DatasetSource;
import dev.ablate.core.data.Examples;
import dev.ablate.core.option.NoOptions;
import java.util.List;
import java.util.Map;

/** Twice a number, four times: which weight is it? */
final class Doubling implements DatasetSource<NoOptions> {

    @Override
    public Dataset open(NoOptions options) {
        Examples pairs = Examples.of(List.of("x"), new double[] {1, 2, 3, 4}, new double[] {2, 4, 6, 8});
        return Dataset.regression(pairs, "y", Map.of(), BuiltInDatasets.TUTORIAL_A);
    }
}
