package dev.ablate.worker.catalog;

import dev.ablate.core.data.DataException;
import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.DatasetSource;
import dev.ablate.worker.prepare.OpenedData;

/** A dataset of a plugin; the plugin wakes when it is opened. */
record PluggedDataset(Plugged dataset, Record options) implements BoundDataset {

    @Override
    public String plugin() {
        return dataset.entry().name();
    }

    @Override
    public Dataset open() {
        DatasetSource<Record> source = source();
        return dataset.call(
                () -> {
                    Dataset opened = source.open(options);
                    // a plugin is not compiled with our checks
                    if (opened == null) {
                        throw dataset.broken("opened nothing");
                    }
                    // its blocks are read here, as they are code of the plugin, too
                    return OpenedData.read(opened);
                },
                e -> e instanceof DataException || e instanceof PluginException
                        ? (RuntimeException) e
                        : dataset.failed(e));
    }

    // Safe: the module's verb took the options record and the dataset of one type, and the options are of that record.
    @SuppressWarnings("unchecked")
    private DatasetSource<Record> source() {
        return (DatasetSource<Record>) dataset.from().dataset(dataset);
    }
}
