package dev.ablate.datasets;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.DatasetSource;
import dev.ablate.core.option.NoOptions;

/** No rows, for a trainer that brings its own data. */
final class Nothing implements DatasetSource<NoOptions> {

    @Override
    public Dataset open(NoOptions options) {
        return Dataset.none();
    }
}
