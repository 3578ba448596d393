package dev.ablate.engine.experiment;

import dev.ablate.core.metric.Goal;
import dev.ablate.core.training.Decision;
import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.yaml.Node;
import dev.ablate.engine.yaml.PlainScalar;
import dev.ablate.engine.yaml.Reading;
import dev.ablate.engine.yaml.Setting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** Reads the leaves of a resolved spec as what they stand for; what is wrong is reported, and its default holds. */
final class SpecValues {

    /** Far above any experiment; a list of seeds must fit into memory before {@code max_runs} can refuse it. */
    private static final int MOST_SEEDS = 100_000;

    private final Layers layers;
    private final Position specAt;
    private final Problems problems;

    SpecValues(Layers layers, Position specAt, Problems problems) {
        this.layers = layers;
        this.specAt = specAt;
        this.problems = problems;
    }

    String name(String fallback) {
        Optional<Setting> leaf = layers.leaf("name");
        if (leaf.isEmpty()) {
            problems.add(Problem.error(layers.missingAt("name").orElse(specAt), "name is missing")
                    .suggesting("write name: NAME"));
            return fallback;
        }
        Reading reading = Reading.of(leaf.get(), problems);
        Optional<String> name = reading.text();
        if (name.isPresent() && (name.get().isBlank() || name.get().contains("\n"))) {
            reading.refuse("must be one line of text, got " + reading.got());
            return fallback;
        }
        return name.orElse(fallback);
    }

    String description() {
        // it is printed and stored, and may not carry what the environment holds
        return reading("description")
                .flatMap(reading -> reading.text()
                        .map(text -> reading.node() instanceof Node.Scalar scalar ? scalar.written() : text))
                .orElse("");
    }

    List<Long> seeds() {
        Optional<Setting> list = layers.leaf("seeds");
        if (list.isPresent()) {
            return listed(Reading.of(list.get(), problems));
        }
        Optional<Reading> count = reading("seeds.count");
        Optional<Reading> base = reading("seeds.base");
        if (count.isEmpty() && layers.container("seeds").isPresent()) {
            problems.add(Problem.error(layers.container("seeds").orElseThrow(), "seeds.count is missing")
                    .suggesting("write seeds: { count: 10 }"));
        }
        int number = count.flatMap(reading -> reading.integer().filter(value -> between(reading, value, 1, MOST_SEEDS)))
                .orElse(1);
        long first = base.flatMap(Reading::wholeNumber).orElse(1L);
        if (first > Long.MAX_VALUE - number) {
            base.ifPresent(reading -> reading.refuse("is too large, got " + reading.got()));
            return List.of(1L);
        }
        return LongStream.range(first, first + number).boxed().toList();
    }

    private List<Long> listed(Reading reading) {
        if (!(reading.node() instanceof Node.Sequence)) {
            boolean number = reading.node() instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.INTEGER;
            String text = reading.node().toString();
            reading.refuse(
                    "must be a list or { count, base }, got " + reading.got(),
                    number ? "write [" + text + "] for this seed, or { count: " + text + " } for so many" : "");
            return List.of(1L);
        }
        List<Reading> items = reading.items().orElseThrow();
        if (items.isEmpty()) {
            reading.refuse("must have at least one seed");
        }
        if (items.size() > MOST_SEEDS) {
            reading.refuse("must have at most 100,000 seeds, got " + items.size());
            return List.of(1L);
        }
        Map<Long, Integer> seen = new HashMap<>();
        List<Long> seeds = new ArrayList<>();
        for (Reading item : items) {
            item.wholeNumber().ifPresent(seed -> {
                Integer before = seen.putIfAbsent(seed, seen.size() + 1);
                if (before == null) {
                    seeds.add(seed);
                } else {
                    item.refuse("is seed " + seed + " again");
                }
            });
        }
        return seeds.isEmpty() ? List.of(1L) : seeds;
    }

    List<Spec.Row> predict() {
        Optional<Reading> predict = reading("predict");
        List<Spec.Row> rows = new ArrayList<>();
        for (Reading row : predict.flatMap(Reading::items).orElse(List.of())) {
            if (!(row.node() instanceof Node.Sequence)) {
                String all = predict.orElseThrow().node().toString();
                row.refuse(
                        "must be a list of values in the order of the features, got " + row.got(),
                        all.length() < 40 ? "for one row write [" + all + "]" : "");
                break;
            }
            List<Reading> items = row.items().orElseThrow();
            if (items.isEmpty()) {
                row.refuse("must have at least one number");
            }
            List<Double> values = new ArrayList<>();
            List<Node.Scalar> written = new ArrayList<>();
            for (Reading item : items) {
                if (item.node() instanceof Node.Scalar scalar) {
                    written.add(scalar);
                }
                // the data say whether it may be a category, or missing
                if (isNumber(item)) {
                    item.number().ifPresent(values::add);
                } else if (item.node() instanceof Node.Scalar) {
                    values.add(Double.NaN);
                } else {
                    item.refused(Reading.Wanted.OTHER, "must be a number or text");
                }
            }
            if (!items.isEmpty() && values.size() == items.size() && written.size() == items.size()) {
                rows.add(new Spec.Row(row.node().at(), values, written));
            }
        }
        return rows;
    }

    private static boolean isNumber(Reading item) {
        return item.node() instanceof Node.Scalar scalar
                && (scalar.kind() == Node.Kind.INTEGER || scalar.kind() == Node.Kind.FLOAT);
    }

    Decision decide() {
        double threshold = reading("decide.threshold").flatMap(Reading::number).orElse(Decision.DEFAULT.threshold());
        int tie = reading("decide.tie")
                .flatMap(reading -> reading.integer().filter(value -> {
                    boolean fine = value == 0 || value == 1;
                    if (!fine) {
                        reading.refuse("must be 0 or 1, got " + reading.got());
                    }
                    return fine;
                }))
                .orElse(Decision.DEFAULT.tie());
        return new Decision(threshold, tie);
    }

    Spec.Compare compare() {
        List<Spec.CompareMetric> metrics = new ArrayList<>();
        String prefix = "compare.metrics.";
        for (String path : layers.containersBelow("compare.metrics")) {
            Position at = layers.container(path).orElseThrow();
            Optional<Goal> goal = reading(path + ".goal")
                    .flatMap(reading -> reading.word(Goal.WORDS))
                    .flatMap(Goal::of);
            Optional<Spec.SameWithin> within = reading(path + ".same_within").flatMap(this::sameWithin);
            metrics.add(new Spec.CompareMetric(new Spec.Word(at, path.substring(prefix.length())), goal, within));
        }
        boolean corrected = reading("compare.correction")
                .flatMap(reading -> reading.word(List.of("holm", "none")))
                .filter("none"::equals)
                .isEmpty();
        return new Spec.Compare(
                word("compare.baseline"),
                word("compare.primary"),
                metrics,
                word("compare.test", Grammar.TESTS),
                corrected,
                word("compare.across"),
                reading("compare.bayes")
                        .filter(reading -> reading.bool().orElse(false))
                        .map(reading -> reading.node().at()));
    }

    private Optional<Spec.SameWithin> sameWithin(Reading reading) {
        Position at = reading.node().at();
        if (reading.node() instanceof Node.Scalar scalar && scalar.text().matches("[0-9.]{1,30}%")) {
            String number = scalar.text().substring(0, scalar.text().length() - 1);
            Node.Kind kind = PlainScalar.kindOf(number);
            if (kind == Node.Kind.INTEGER || kind == Node.Kind.FLOAT) {
                return Optional.of(new Spec.SameWithin(at, Double.parseDouble(number), true));
            }
        }
        boolean number = reading.node() instanceof Node.Scalar scalar
                && (scalar.kind() == Node.Kind.INTEGER || scalar.kind() == Node.Kind.FLOAT);
        Optional<Double> amount = number
                ? reading.number()
                : reading.refused(Reading.Wanted.NUMBER, "must be a number, or per cent such as 1%");
        if (amount.isPresent() && amount.get() < 0) {
            reading.refuse("must be 0 or greater, got " + reading.got());
            return Optional.empty();
        }
        return amount.map(value -> new Spec.SameWithin(at, value, false));
    }

    Spec.Run run() {
        Optional<Integer> jobs = reading("run.jobs").flatMap(reading -> {
            if (reading.node() instanceof Node.Scalar scalar && scalar.text().equals("auto")) {
                return Optional.empty();
            }
            boolean whole = reading.node() instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.INTEGER;
            Optional<Integer> number =
                    whole ? reading.integer() : reading.refused(Reading.Wanted.WHOLE, "must be auto or a whole number");
            return number.filter(value -> between(reading, value, 1, Integer.MAX_VALUE));
        });
        boolean stop = reading("run.on_failure")
                .flatMap(reading -> reading.word(List.of("continue", "stop")))
                .filter("stop"::equals)
                .isPresent();
        Optional<Reading> most = reading("run.max_runs");
        int maxRuns = most.flatMap(
                        reading -> reading.integer().filter(value -> between(reading, value, 1, Integer.MAX_VALUE)))
                .orElse(200);
        return new Spec.Run(
                jobs,
                stop,
                maxRuns,
                most.map(reading -> reading.node().at()),
                reading("run.timeout").flatMap(Durations::read));
    }

    Spec.Track track() {
        TrackBlock block = TrackBlock.read(this::reading);
        boolean weights = reading("track.weights").flatMap(Reading::bool).orElse(true);
        Optional<Long> every = reading("track.every")
                .flatMap(reading -> reading.wholeNumber().filter(value -> {
                    if (value < 1) {
                        reading.refuse("must be 1 or greater, got " + reading.got());
                    }
                    return value >= 1;
                }));
        return new Spec.Track(
                block.tracked(),
                block.experiment(),
                weights,
                every.map(OptionalLong::of).orElse(OptionalLong.empty()),
                block.register(),
                block.registerFrom(),
                reading("track.patch").flatMap(Reading::bool).orElse(false));
    }

    /** A method of scaling for features and for the target. */
    Spec.Scale scale() {
        return new Spec.Scale(
                word("data.scale.features", Grammar.SCALINGS), word("data.scale.target", Grammar.SCALINGS));
    }

    private Optional<Spec.Word> word(String path, List<String> words) {
        return reading(path)
                .flatMap(reading -> reading.word(words)
                        .map(text -> new Spec.Word(reading.node().at(), text)));
    }

    private Optional<Spec.Word> word(String path) {
        return reading(path)
                .flatMap(reading ->
                        reading.text().map(text -> new Spec.Word(reading.node().at(), text)));
    }

    private Optional<Reading> reading(String path) {
        return layers.leaf(path).map(setting -> Reading.of(setting, problems));
    }

    private static boolean between(Reading reading, int value, int least, int most) {
        if (value < least) {
            reading.refuse("must be " + least + " or greater, got " + reading.got());
        } else if (value > most) {
            reading.refuse(String.format(Locale.ROOT, "must be %,d or less, got %s", most, reading.got()));
        }
        return value >= least && value <= most;
    }
}
