package dev.ablate.worker.catalog;

import dev.ablate.core.data.DataException;
import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.DatasetSource;

/** A dataset of a plugin; the plugin wakes when it is opened. */
record PluggedDataset(Plugged dataset, Record options) implements BoundDataset {

    @Override
    public String plugin() {
        return dataset.entry().name();
    }

    @Override
    public Dataset open() {
        DatasetSource<Record> source = source();
        Dataset opened = dataset.call(
                () -> source.open(options), e -> e instanceof DataException known ? known : dataset.failed(e));
        // a plugin is not compiled with our checks
        if (opened == null
                || opened.examples() == null
                || opened.task() == null
                || opened.target() == null
                || opened.source() == null) {
            throw dataset.broken("opened nothing, or data with a part that is null");
        }
        return opened;
    }

    // Safe: the module's verb took the options record and the dataset of one type, and the options are of that record.
    @SuppressWarnings("unchecked")
    private DatasetSource<Record> source() {
        return (DatasetSource<Record>) dataset.from().dataset(dataset);
    }
}
