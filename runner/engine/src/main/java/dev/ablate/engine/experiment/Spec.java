package dev.ablate.engine.experiment;

import dev.ablate.core.metric.Goal;
import dev.ablate.core.training.Decision;
import dev.ablate.engine.problem.Position;
import dev.ablate.engine.yaml.Node;
import dev.ablate.engine.yaml.Setting;
import dev.ablate.worker.spec.PrepareSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One experiment as written, with all layers applied; names of plugins, features and metrics are not looked up yet.
 *
 * <p>Where a part was wrong, the problem was reported and the part holds its default, so that a planner can go on and find the
 * other problems.
 *
 * @param file the file it was read from; relative paths in {@code --set} resolve against the working directory
 * @param name the comparison's name
 * @param description may be empty
 * @param cells at least one, in the order of the sweep; all of it, or where that makes more runs than {@code run.max_runs},
 *     enough that each value occurs
 * @param sweep what the cells differ in; empty: there is one cell
 * @param seeds in the order written, all different, at least one
 * @param predict rows to predict, in raw units; width is not checked yet
 * @param decide how a prediction becomes a class
 * @param stop when a run ends early; empty: never
 * @param compare what is compared
 * @param run how it is run
 * @param launcher where it is trained, as written; without a plugin: in this process
 * @param track what is tracked, and where
 * @param origins every resolved leaf outside the variants' own, in order: what {@code render --origins} shows
 */
public record Spec(
        Optional<Path> file,
        String name,
        String description,
        List<Cell> cells,
        Optional<Sweep> sweep,
        List<Long> seeds,
        List<Row> predict,
        Decision decide,
        Optional<Stop> stop,
        Compare compare,
        Run run,
        Block launcher,
        Track track,
        List<Setting> origins) {

    /** Copies the lists. */
    public Spec {
        cells = List.copyOf(cells);
        seeds = List.copyOf(seeds);
        predict = List.copyOf(predict);
        origins = List.copyOf(origins);
    }

    /** The dataset of the first cell. */
    public Block dataset() {
        return cells.get(0).dataset();
    }

    /** Into how many folds each seed cuts the rows, which is the same in all cells; 0 where it does not. */
    public int folds() {
        return cells.get(0).split().map(Split::folds).orElse(0);
    }

    /** The variants as they are in the first cell, in the order written, at least one; each cell has all of them. */
    public List<Variant> variants() {
        return cells.get(0).variants();
    }

    /**
     * One cell of the sweep with everything that holds in it.
     *
     * @param swept what is changed in it, in the order written; empty without a sweep
     * @param dataset the same for all variants
     * @param split the same for all variants; empty: no rows are held back
     * @param variants in the order written, at least one
     */
    public record Cell(List<Setting> swept, Block dataset, Optional<Split> split, List<Variant> variants) {
        /** Copies the lists. */
        public Cell {
            swept = List.copyOf(swept);
            variants = List.copyOf(variants);
        }
    }

    /**
     * How rows are held back.
     *
     * @param at where the block begins
     * @param test the share of rows to judge by, above 0 and below 1; 0 with folds
     * @param validation the share of rows to stop and to choose by, above 0 and below 1; 0: there are none
     * @param last whether the last rows are held back; false: rows are drawn
     * @param once whether they are drawn once for all seeds; false: again for each seed
     * @param stratify whether each class has its share in all parts
     * @param group the column whose rows stay together; empty: each row is drawn by itself
     * @param testFile the file whose rows are the test part; empty: it is some of the rows
     * @param folds into how many parts each seed cuts the rows, each of which is held back once; 0: a share is held back instead
     */
    public record Split(
            Position at,
            double test,
            double validation,
            boolean last,
            boolean once,
            boolean stratify,
            Optional<Word> group,
            Optional<Setting> testFile,
            int folds) {

        /** How many runs each seed of a variant has. */
        public int runs() {
            return Math.max(1, folds);
        }
    }

    /**
     * How columns are scaled: {@code none}, {@code max}, {@code min-max} or {@code standard}.
     *
     * @param features empty: not at all
     * @param target empty: not at all
     */
    public record Scale(Optional<Word> features, Optional<Word> target) {}

    /**
     * How features become numbers.
     *
     * @param settings what holds
     * @param written the leaves that say so
     */
    public record Prepare(PrepareSettings settings, List<Setting> written) {
        /** Copies the list. */
        public Prepare {
            written = List.copyOf(written);
        }
    }

    /**
     * One variant with everything that holds for it.
     *
     * @param name {@code default} where the spec has no variants
     * @param at where its name stands
     * @param trainer its trainer, all layers applied
     * @param features its {@code data.features}, a list of different texts; empty: all but the target
     * @param prepare how its features become numbers
     * @param scale how its columns are scaled
     * @param own the leaves by which it differs from the rest of the spec, in order; a null deletes
     */
    public record Variant(
            String name,
            Position at,
            Block trainer,
            Optional<Setting> features,
            Prepare prepare,
            Scale scale,
            List<Setting> own) {
        /** Copies the list. */
        public Variant {
            own = List.copyOf(own);
        }
    }

    /**
     * A row to predict.
     *
     * @param at where it begins
     * @param values in raw units; NaN where it is not a number, which may be a category or missing
     * @param written the values as they are written
     */
    public record Row(Position at, List<Double> values, List<Node.Scalar> written) {
        /** Copies the lists. */
        public Row {
            values = List.copyOf(values);
            written = List.copyOf(written);
        }
    }

    /**
     * A word and its place: a name that is looked up later.
     *
     * @param at where it stands
     * @param text the word
     */
    public record Word(Position at, String text) {}

    /**
     * How close counts as the same.
     *
     * @param at where it stands
     * @param amount greater than or equal to 0; in the metric's unit, or per cent
     * @param percent whether {@code amount} is per cent of the baseline's absolute mean
     */
    public record SameWithin(Position at, double amount, boolean percent) {}

    /**
     * One entry under {@code compare.metrics}.
     *
     * @param name the metric as written
     * @param goal empty: the metric's natural goal
     * @param sameWithin empty: nothing but identical counts as the same
     */
    public record CompareMetric(Word name, Optional<Goal> goal, Optional<SameWithin> sameWithin) {}

    /**
     * What is compared.
     *
     * @param baseline empty: the first variant
     * @param primary empty: by task
     * @param metrics in the order written
     * @param test {@code paired-permutation}, {@code corrected-resampled-t}, {@code paired-t}, {@code wilcoxon} or {@code sign}; empty: by
     *     split
     * @param corrected whether p-values are corrected for the number of comparisons
     * @param across the swept leaf that is the data set, for one answer over all of them; {@code test} then compares these
     * @param bayes where the posterior of the correlated Bayesian t test is asked for; empty: it is not
     */
    public record Compare(
            Optional<Word> baseline,
            Optional<Word> primary,
            List<CompareMetric> metrics,
            Optional<Word> test,
            boolean corrected,
            Optional<Word> across,
            Optional<Position> bayes) {
        /** Copies the list. */
        public Compare {
            metrics = List.copyOf(metrics);
        }
    }

    /**
     * How it is run.
     *
     * @param jobs how many runs at a time, at least 1; empty: as many as there are processors
     * @param stopAtFailure whether a failed run ends the rest
     * @param maxRuns more runs than this are refused; at least 1
     * @param maxRunsAt where {@code max_runs} stands; empty: the default
     * @param timeout after how long a run fails, above 0; empty: never
     */
    public record Run(
            Optional<Integer> jobs,
            boolean stopAtFailure,
            int maxRuns,
            Optional<Position> maxRunsAt,
            Optional<Duration> timeout) {

        /** Without a time-out. */
        public Run(Optional<Integer> jobs, boolean stopAtFailure, int maxRuns, Optional<Position> maxRunsAt) {
            this(jobs, stopAtFailure, maxRuns, maxRunsAt, Optional.empty());
        }
    }

    /**
     * What is tracked, and where.
     *
     * @param tracked false: nothing leaves this machine
     * @param experiment the experiment that the spec names
     * @param weights whether weights are recorded by update
     * @param every record at multiples of this many updates; empty: the grid of at most 300 steps, fewer of many rows
     * @param register the name in the registry of models that a run's model gets; empty: none is registered
     * @param registerFrom whose: {@code bias}, {@code bias/learning_rate=0.1} or {@code bias/seed=3}; empty: of the variant that is
     *     decidedly better than all others
     * @param patch whether the text of what the working tree has beyond its commit is stored with each attempt
     */
    public record Track(
            boolean tracked,
            Optional<String> experiment,
            boolean weights,
            OptionalLong every,
            Optional<String> register,
            Optional<String> registerFrom,
            boolean patch) {

        /** Without a registered model, and without a patch. */
        public Track(boolean tracked, Optional<String> experiment, boolean weights, OptionalLong every) {
            this(tracked, experiment, weights, every, Optional.empty(), Optional.empty(), false);
        }
    }
}
