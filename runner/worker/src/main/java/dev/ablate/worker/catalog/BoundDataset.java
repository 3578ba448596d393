package dev.ablate.worker.catalog;

import dev.ablate.core.data.Dataset;

/** A dataset with its options; each call into it has the plugin's class loader in place. */
public interface BoundDataset {

    /** The name in the spec. */
    String plugin();

    /** The options record. */
    Record options();

    /**
     * See {@link dev.ablate.core.data.DatasetSource#open}.
     *
     * @throws dev.ablate.core.data.DataException if the input is missing or malformed
     * @throws PluginException if the plugin fails
     */
    Dataset open();
}
