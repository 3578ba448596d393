package dev.ablate.engine.planning;

import dev.ablate.core.data.DataException;
import dev.ablate.core.data.Dataset;
import dev.ablate.engine.catalog.Bound;
import dev.ablate.engine.catalog.Catalog;
import dev.ablate.engine.experiment.Block;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.yaml.Setting;
import dev.ablate.worker.catalog.BoundDataset;
import dev.ablate.worker.catalog.PluginException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ForkJoinPool;

/** Opens each dataset once, however many cells of a sweep use it. */
final class OpenDatasets {

    /** So few are hashed before another thread has begun. */
    private static final int MANY_ROWS = 10_000;

    private final Catalog catalog;
    private final Map<Map<String, String>, Opened> opened = new LinkedHashMap<>();

    /**
     * A dataset that a cell uses, as far as nothing is wrong with it.
     *
     * @param bound its plugin with its options
     * @param data what it holds
     * @param keyLeaves what counts for keys
     */
    record Opened(
            Optional<Bound<BoundDataset>> bound, Optional<Dataset> data, Optional<Map<String, String>> keyLeaves) {

        /** Whether it is known to have no rows. */
        boolean isNone() {
            return data.filter(Dataset::isNone).isPresent();
        }
    }

    OpenDatasets(Catalog catalog) {
        this.catalog = catalog;
    }

    /** The dataset of a block; what is wrong with it is reported when it is first asked for. */
    Opened open(Block block, Problems problems) {
        Map<String, String> written = written(block);
        Opened known = opened.get(written);
        if (known != null) {
            return known;
        }
        Optional<Bound<BoundDataset>> bound = catalog.dataset(block, problems);
        Optional<Dataset> data = bound.flatMap(dataset -> open(dataset, problems));
        Opened found = new Opened(
                bound, data, bound.filter(dataset -> data.isPresent()).flatMap(dataset -> dataset.keyLeaves(problems)));
        opened.put(written, found);
        return found;
    }

    private static Optional<Dataset> open(Bound<BoundDataset> dataset, Problems problems) {
        try {
            Dataset opened = dataset.component().open();
            Dataset data = opened.from(dataset.shownSource(opened.source()));
            if (data.schema().rows().orElse(0) >= MANY_ROWS) {
                // keys need it, and it takes as long as all that is looked for in the rows meanwhile
                ForkJoinPool.commonPool().execute(data::contentHash);
            }
            return Optional.of(data);
        } catch (DataException e) {
            problems.add(dataset.problem(e));
        } catch (PluginException e) {
            problems.add(Problem.error(dataset.pluginAt(), String.valueOf(e.getMessage())));
        }
        return Optional.empty();
    }

    private static Map<String, String> written(Block block) {
        Map<String, String> written = new TreeMap<>();
        block.plugin().ifPresent(plugin -> written.put("plugin", plugin.value().toString()));
        block.options().forEach((name, setting) -> written.put("option " + name, withFolder(setting)));
        return written;
    }

    /** A path means another file in another folder. */
    private static String withFolder(Setting setting) {
        return setting.value() + " in " + setting.value().at().folder();
    }
}
