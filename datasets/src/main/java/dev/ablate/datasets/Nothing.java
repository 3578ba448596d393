package dev.ablate.datasets;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.DatasetSource;
import dev.ablate.core.data.Examples;
import dev.ablate.core.option.NoOptions;
import java.util.List;
import java.util.Map;

/** One row of nothing, for a trainer that brings its own data. */
final class Nothing implements DatasetSource<NoOptions> {

    @Override
    public Dataset open(NoOptions options) {
        Examples nothing = Examples.of(List.of("none"), new double[] {0}, new double[] {0});
        return Dataset.regression(nothing, "nothing", Map.of(), "");
    }
}
