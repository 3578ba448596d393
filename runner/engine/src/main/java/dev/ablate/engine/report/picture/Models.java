package dev.ablate.engine.report.picture;

import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Task;
import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.model.Predictor;
import dev.ablate.engine.model.RunModel;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.report.Group;
import dev.ablate.engine.train.Outcome;
import dev.ablate.worker.data.RunData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The models of a group, asked.
 *
 * @param group whose
 * @param runs its finished runs, at least one; where one model is enough it is the first one's
 * @param models brings the model of a run back
 */
record Models(Group group, List<Outcome> runs, Function<Outcome, Optional<RunModel>> models) {

    /** Points of a response. */
    private static final int POINTS = 81;

    /** Answers over a plane in each direction. Odd, so that one of them is in the middle of the data. */
    private static final int SIDE = 65;

    /** Shares that differ by less are equal. */
    private static final double ROUNDING = 1e-9;

    /** More examples than this make a chart no clearer, and the file large. */
    private static final int MOST_EXAMPLES = 400;

    static Models of(Group group, Comparison comparison) {
        return new Models(group, group.finished(comparison), comparison.models());
    }

    private PlannedRun first() {
        return runs.get(0).run();
    }

    /** Whether its trainer makes models, and they are stored. */
    boolean areThere() {
        return !first().context().trainer().reportsAll()
                && models.apply(runs.get(0)).isPresent();
    }

    Task task() {
        return first().dataset().task();
    }

    List<String> features() {
        return first().features();
    }

    /** What all models answer over the range of the only feature. */
    CurveLine response() {
        Range range = Range.of(all(), 0);
        List<List<Double>> rows = IntStream.range(0, POINTS)
                .mapToObj(i -> List.of(range.at(i, POINTS)))
                .toList();
        List<List<List<Double>>> answers =
                runs.stream().map(run -> answers(run, rows)).toList();
        List<Band> points = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            int at = i;
            List<Double> values = answers.stream()
                    .map(run -> run.get(at).get(0))
                    .filter(value -> !value.isNaN() && !value.isInfinite())
                    .toList();
            if (!values.isEmpty()) {
                points.add(Band.of(rows.get(i).get(0), values));
            }
        }
        return new CurveLine(group, features().get(0), runs.size(), points);
    }

    /** The data of {@link #response}, by the parts of the first run. */
    Dots examples() {
        Examples all = all();
        return dots(row -> true, row -> new Dot(all.row(row)[0], all.target(row)));
    }

    /** What the first model answers over the plane of both features. */
    Region region() {
        Examples all = all();
        Range right = Range.of(all, 0);
        Range up = Range.of(all, 1);
        // where several borders meet, regions are narrow
        int side = task() == Task.CLASSES ? 2 * SIDE - 1 : SIDE;
        List<List<Double>> rows = new ArrayList<>();
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                rows.add(List.of(right.at(x, side), up.at(y, side)));
            }
        }
        IntFunction<Dot> place = row -> new Dot(all.row(row)[0], all.row(row)[1]);
        List<String> classes = first().dataset().classes();
        return new Region(
                group,
                first().seed(),
                runs.size(),
                features().get(0),
                features().get(1),
                new Dot(right.low(), up.low()),
                new Dot(right.high(), up.high()),
                side,
                answers(runs.get(0), rows),
                first().decision(),
                classes,
                IntStream.range(0, classes.size())
                        .mapToObj(k -> dots(row -> all.target(row) == k, place))
                        .toList(),
                isBound());
    }

    /**
     * Whether the first model has a weight for each feature, or for each feature and class, and nothing else, and decides nothing where
     * all features are 0.
     */
    private boolean isBound() {
        List<Double> nothing = features().stream().map(name -> 0.0).toList();
        List<Double> answer = answers(runs.get(0), List.of(nothing)).get(0);
        Set<String> learned = runs.get(0).record().parameters().keySet();
        if (answer.size() == 1) {
            return learned.equals(Set.copyOf(features())) && first().decision().isTie(answer.get(0));
        }
        return learned.equals(features().stream()
                        .flatMap(feature -> first().dataset().classes().stream().map(label -> feature + "/" + label))
                        .collect(Collectors.toSet()))
                && answer.stream().allMatch(share -> Math.abs(share - answer.get(0)) <= ROUNDING);
    }

    /** Some of the rows that are wanted, by the parts of the first run. */
    private Dots dots(IntPredicate wanted, IntFunction<Dot> place) {
        RunData data = RunData.of(first().context());
        Set<Integer> heldBack = Stream.of(data.validationRows(), data.testRows())
                .flatMapToInt(Arrays::stream)
                .boxed()
                .collect(Collectors.toSet());
        Map<Boolean, List<Dot>> parts = some(all().size()).stream()
                .filter(wanted::test)
                .collect(Collectors.partitioningBy(
                        heldBack::contains, Collectors.mapping(place::apply, Collectors.toList())));
        return new Dots(parts.getOrDefault(false, List.of()), parts.getOrDefault(true, List.of()));
    }

    /** What the first model predicts of the part that counts. */
    Fit fit() {
        RunData data = RunData.of(first().context());
        Examples part = data.test().orElse(data.train());
        List<Integer> shown = some(part.size());
        List<List<Double>> predicted =
                answers(runs.get(0), shown.stream().map(row -> row(part, row)).toList());
        return new Fit(
                group,
                first().seed(),
                runs.size(),
                name(data),
                part.size(),
                IntStream.range(0, shown.size())
                        .mapToObj(i -> new Dot(
                                part.target(shown.get(i)), predicted.get(i).get(0)))
                        .toList());
    }

    private static String name(RunData data) {
        return data.test().isPresent() ? "test" : "train";
    }

    private Examples all() {
        return first().dataset().examples().select(features());
    }

    private List<List<Double>> answers(Outcome run, List<List<Double>> rows) {
        return Predictor.ofColumns(features(), models.apply(run).orElseThrow()).answers(rows);
    }

    private static List<Double> row(Examples examples, int index) {
        return IntStream.range(0, examples.width())
                .mapToObj(k -> examples.row(index)[k])
                .toList();
    }

    /** Indices of rows all over the data, at most {@link #MOST_EXAMPLES}. */
    private static List<Integer> some(int rows) {
        int every = Math.max(1, (rows + MOST_EXAMPLES - 1) / MOST_EXAMPLES);
        return IntStream.range(0, rows).filter(row -> row % every == 0).boxed().toList();
    }

    /** The values of a feature and a quarter of their range around them. */
    private record Range(double low, double high) {

        static Range of(Examples examples, int feature) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int row = 0; row < examples.size(); row++) {
                low = Math.min(low, examples.row(row)[feature]);
                high = Math.max(high, examples.row(row)[feature]);
            }
            double margin = high > low ? (high - low) / 4 : 1;
            return new Range(low - margin, high + margin);
        }

        /** One of so many values at equal distances, from the lowest to the highest. */
        double at(int index, int count) {
            return low + (high - low) * index / (count - 1);
        }
    }
}
