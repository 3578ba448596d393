package dev.ablate.runner.catalog;

import dev.ablate.core.data.DataException;
import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.DatasetSource;
import dev.ablate.core.plugin.PluginEntry;

/** A dataset of a plugin; the plugin wakes when it is opened. */
record PluggedDataset(Plugin from, PluginEntry entry, Record options) implements BoundDataset {

    @Override
    public String plugin() {
        return entry.name();
    }

    @Override
    public Dataset open() {
        DatasetSource<Record> source = source();
        try {
            return from.call(() -> source.open(options));
        } catch (DataException | PluginException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            throw from.failed(entry, e);
        }
    }

    // Safe: the module's verb took the options record and the dataset of one type, and the options are of that record.
    @SuppressWarnings("unchecked")
    private DatasetSource<Record> source() {
        return (DatasetSource<Record>) from.dataset(entry);
    }
}
