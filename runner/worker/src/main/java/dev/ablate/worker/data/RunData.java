package dev.ablate.worker.data;

import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Matrix;
import dev.ablate.core.data.Schema;
import dev.ablate.worker.context.RunContext;
import dev.ablate.worker.prepare.Fitted;
import dev.ablate.worker.prepare.RowEncoding;
import dev.ablate.worker.spec.ScaleSettings.Method;
import dev.ablate.worker.text.Phrases;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The data of a run as its split and its scaling make them: a pure function of the planned run, stored nowhere.
 *
 * <p>Rows are the run's own features in its own order. All parts keep the order of the dataset's rows. What is made of them is made
 * once, for all that share them; safe for several threads.
 */
public final class RunData {

    /** The step of a squared error's descent grows with the square of a feature: a rate of 1e-4 copes with this, 0.1 does not. */
    private static final double USUAL = 100;

    private final RunContext run;
    private final Split split;
    private final Examples train;
    private final Optional<Examples> validation;
    private final Optional<Examples> test;
    private final Scaling scaling;

    /** What fills in missing values; empty where data need no preparation. */
    private final Optional<Fitted> fitted;

    private final DescribedParts described;
    private @Nullable Examples scaledTrain;
    private @Nullable Examples scaledValidation;
    private @Nullable Matrix scaledTest;

    private RunData(RunContext run, Split split, Optional<Fitted> fitted) {
        this.run = run;
        this.split = split;
        this.fitted = fitted;
        Examples all = run.dataset().examples().select(run.features());
        if (split.test().length == 0) {
            this.train = all;
            this.validation = Optional.empty();
            this.test = Optional.empty();
        } else {
            this.train = part(all, split.train(), fitted);
            this.validation = split.validation().length == 0
                    ? Optional.empty()
                    : Optional.of(part(all, split.validation(), fitted));
            this.test = Optional.of(part(all, split.test(), fitted));
        }
        this.scaling = Scaling.fit(run.scale(), train);
        this.described = new DescribedParts(run, train, validation, test, fitted.isPresent());
    }

    /**
     * The data of a run.
     *
     * @throws IllegalArgumentException if it holds rows back and there are too few
     */
    public static RunData of(RunContext run) {
        Split split = Split.of(run);
        return new RunData(run, split, run.preparation().fit(split.train()));
    }

    /** Some rows, with what is missing filled in by what the training part has. */
    private static Examples part(Examples all, int[] rows, Optional<Fitted> fitted) {
        Examples part = all.take(rows);
        return fitted.map(filling -> Examples.of(all.features(), filling.filled(rows), part.targets()))
                .orElse(part);
    }

    /** What the columns are that a run's trainer sees: its features, encoded and scaled, and the target. */
    public static Schema schema(RunContext run) {
        return run.dataset().schema().select(run.features());
    }

    /** Indices (from 0) of the dataset's rows that are trained on, rising; a copy. */
    public int[] trainRows() {
        return split.train().clone();
    }

    /** The index (from 0) in the data as they were opened of a row of the training part, also where rows are left out. */
    public int openedRow(int index) {
        int row = split.train()[index];
        return run.preparation().kept().map(kept -> kept[row]).orElse(row);
    }

    /** Indices (from 0) of the dataset's rows that are held back to stop and to choose by, rising; a copy. */
    public int[] validationRows() {
        return split.validation().clone();
    }

    /** Indices (from 0) of the dataset's rows that are held back to judge by, rising; a copy. Empty without a split. */
    public int[] testRows() {
        return split.test().clone();
    }

    /** What is trained on, in raw units. */
    public Examples train() {
        return train;
    }

    /** What is held back to stop and to choose by, in raw units; empty where nothing is. */
    public Optional<Examples> validation() {
        return validation;
    }

    /** What is held back, in raw units; empty without a split. */
    public Optional<Examples> test() {
        return test;
    }

    /** What a run keeps of its data. */
    public DescribedParts described() {
        return described;
    }

    /**
     * What a person should know of the scaling: one sentence a column whose divisor would have been 0. It names no seed, so
     * that what many runs of a comparison have in common is stored once.
     */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        for (int k = 0; k < run.features().size(); k++) {
            warn(
                    "features",
                    run.scale().features(),
                    run.features().get(k),
                    scaling.features().get(k),
                    warnings);
        }
        run.dataset()
                .schema()
                .target()
                .ifPresent(target -> warn("target", run.scale().target(), target.name(), scaling.target(), warnings));
        return List.copyOf(warnings);
    }

    private static void warn(String what, Method method, String name, ColumnScale scale, List<String> warnings) {
        if (scale.flat()) {
            warnings.add("data.scale." + what + ": '" + name + "' is "
                    + (method == Method.MAX ? "0 in all" : "the same in all") + " training rows, so that "
                    + word(method)
                    + " would divide it by 0; it is divided by 1");
        }
    }

    private static String word(Method method) {
        return method.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The categories that only rows have that are held back, and how many; they are encoded as none of those that are trained on. */
    public List<Fitted.Unmet> unmet() {
        return fitted.map(filling -> filling.unmet(heldBack())).orElse(List.of());
    }

    private int[] heldBack() {
        return IntStream.concat(Arrays.stream(split.validation()), Arrays.stream(split.test()))
                .toArray();
    }

    /** What is filled in for missing values; empty where data need no preparation. */
    public Optional<Fitted> fitted() {
        return fitted;
    }

    /** How a row of raw values becomes the columns that are trained on; empty where these are the raw values. */
    public Optional<RowEncoding> encoding() {
        return fitted.map(Fitted::encoding);
    }

    public Scaling scaling() {
        return scaling;
    }

    /**
     * What the trainer sees: the training part, scaled.
     *
     * @throws UnscalableException if the values of a column are too far apart to be scaled
     */
    public synchronized Examples scaledTrain() {
        Examples known = scaledTrain;
        if (known == null) {
            known = scaled(train);
            scaledTrain = known;
        }
        return known;
    }

    /**
     * The rows that are held back to stop and to choose by, scaled as those that the trainer sees; empty where there are none.
     *
     * @throws UnscalableException if the values of a column are too far apart to be scaled
     */
    public synchronized Optional<Examples> scaledValidation() {
        if (scaledValidation == null && validation.isPresent()) {
            scaledValidation = scaled(validation.get());
        }
        return Optional.ofNullable(scaledValidation);
    }

    /** The rows that are held back, scaled as those that the trainer sees; empty without a split. */
    public synchronized Optional<Matrix> scaledTest() {
        if (scaledTest == null && test.isPresent()) {
            scaledTest = scaling.rows(test.get().rows());
        }
        return Optional.ofNullable(scaledTest);
    }

    private Examples scaled(Examples raw) {
        if (scaling.leavesAll()) {
            return raw;
        }
        Matrix rows = scaling.rows(raw.rows());
        double[] targets = scaling.targets(raw.targets());
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < rows.width(); column++) {
                if (!Double.isFinite(rows.value(row, column))) {
                    throw unscalable(
                            "features", run.features().get(column), run.scale().features());
                }
            }
        }
        if (!DoubleStream.of(targets).allMatch(Double::isFinite)) {
            throw unscalable("target", run.dataset().target(), run.scale().target());
        }
        return Examples.of(raw.features(), rows, targets);
    }

    /**
     * {@code 'income' reaches 1e10 and is not scaled}: the feature with the largest values, if they are so large that gradient
     * descent overshoots with a usual learning rate, and nothing scales them; else empty.
     */
    public Optional<String> unscaled() {
        if (run.scale().features() != Method.NONE) {
            return Optional.empty();
        }
        Matrix rows = train.rows();
        double largest = 0;
        int where = 0;
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < rows.width(); column++) {
                if (Math.abs(rows.value(row, column)) > Math.abs(largest)) {
                    largest = rows.value(row, column);
                    where = column;
                }
            }
        }
        return Math.abs(largest) <= USUAL
                ? Optional.empty()
                : Optional.of(
                        "'" + run.features().get(where) + "' reaches " + Phrases.brief(largest) + " and is not scaled");
    }

    private static UnscalableException unscalable(String what, String name, Method method) {
        String reason = "data.scale." + what + ": the values of '" + name + "' are too far apart for " + word(method);
        return new UnscalableException(reason);
    }

    /** Whether another seed holds back other rows. */
    public boolean drawn() {
        return run.split().isPresent() && run.split().get().overlaps();
    }
}
