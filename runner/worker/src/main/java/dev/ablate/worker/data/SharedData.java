package dev.ablate.worker.data;

import dev.ablate.core.data.Dataset;
import dev.ablate.worker.context.RunContext;
import dev.ablate.worker.spec.ScaleSettings;
import dev.ablate.worker.spec.SplitSettings;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The data of several runs: those that have the same rows, columns and scaling share them, such as the variants of a seed.
 *
 * <p>Data are kept as long as a run uses them, and then until their room is needed. Safe for several threads.
 */
public final class SharedData {

    private final Map<Key, Entry> entries = new HashMap<>();

    /**
     * What the data of a run follow from.
     *
     * @param seed of the rows that are held back; 0 where they are the same for every seed
     */
    private record Key(
            Identity dataset, List<String> features, Optional<SplitSettings> split, ScaleSettings scale, long seed) {

        static Key of(RunContext run) {
            return new Key(
                    new Identity(run.dataset()),
                    run.features(),
                    run.split(),
                    run.scale(),
                    run.split().filter(SplitSettings::overlaps).isPresent() ? run.seed() : 0);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key that
                    && dataset.equals(that.dataset)
                    && features.equals(that.features)
                    && split.equals(that.split)
                    && scale.equals(that.scale)
                    && seed == that.seed;
        }

        @Override
        public int hashCode() {
            return Objects.hash(dataset, features, split, scale, seed);
        }
    }

    /** A dataset that is equal to itself alone, so that no rows are compared. */
    private static final class Identity {

        private final Dataset dataset;

        Identity(Dataset dataset) {
            this.dataset = dataset;
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // that is what it is for
        public boolean equals(Object other) {
            return other instanceof Identity identity && identity.dataset == dataset;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(dataset);
        }
    }

    private static final class Entry {

        private WeakReference<RunData> data = new WeakReference<>(null);

        /** Who asks while they are made waits for them. */
        synchronized RunData of(RunContext run) {
            RunData known = data.get();
            if (known == null) {
                known = RunData.of(run);
                data = new WeakReference<>(known);
            }
            return known;
        }
    }

    /**
     * The data of a run.
     *
     * @throws IllegalArgumentException if it holds rows back and there are fewer than 2
     */
    public RunData of(RunContext run) {
        Entry entry;
        synchronized (entries) {
            entry = entries.computeIfAbsent(Key.of(run), none -> new Entry());
        }
        return entry.of(run);
    }
}
