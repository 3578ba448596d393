package dev.ablate.engine.experiment;

import dev.ablate.engine.experiment.Spec.Word;
import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.yaml.Node;
import dev.ablate.engine.yaml.Reading;
import dev.ablate.engine.yaml.Setting;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Reads {@code data.split}; where a part is wrong, which is reported, its default holds. */
final class SplitReader {

    private static final String PATH = "data.split";

    /** Stands for a share that was wrong, so that it is known that there is a test part. */
    private static final double SOME = 0.2;

    /** Nobody has patience for more; as many folds as rows are named by their number. */
    private static final int MOST_FOLDS = 10_000;

    private final Layers layers;
    private final Problems problems;

    SplitReader(Layers layers, Problems problems) {
        this.layers = layers;
        this.problems = problems;
    }

    Optional<Spec.Split> read() {
        Optional<Position> at = layers.container(PATH)
                .or(() -> layers.leaves().stream()
                        .filter(leaf -> leaf.path().startsWith(PATH + "."))
                        .map(Setting::keyAt)
                        .findFirst());
        if (at.isEmpty()) {
            return Optional.empty();
        }
        int folds = folds();
        Optional<Setting> testFile = layers.leaf(PATH + ".test_file");
        double test = folds > 0 || testFile.isPresent() ? 0 : test(at.get());
        double validation = layers.leaf(PATH + ".validation")
                .flatMap(leaf -> share(Reading.of(leaf, problems)))
                .orElse(0.0);
        if (test + validation >= 1) {
            Setting leaf = layers.leaf(PATH + ".validation").orElseThrow();
            problems.add(Problem.error(
                            leaf.keyAt(),
                            "data.split.test and validation take " + test + " and " + validation
                                    + " of the rows, which leaves none to train on")
                    .suggesting("write smaller shares, such as 0.2 each"));
            validation = 0;
        }
        boolean last = word("take", List.of("random", "last")).equals(Optional.of("last"));
        boolean once = word("per", List.of("seed", "experiment")).equals(Optional.of("experiment"));
        boolean stratify = layers.leaf(PATH + ".stratify")
                .flatMap(leaf -> Reading.of(leaf, problems).bool())
                .orElse(false);
        Optional<Word> group = layers.leaf(PATH + ".group")
                .flatMap(leaf -> Reading.of(leaf, problems)
                        .text()
                        .map(text -> new Word(leaf.value().at(), text)));
        if (folds > 0) {
            refuse("test", "folds, which hold every row back once", "leave it out");
            refuse("take", "folds, which are always drawn", "leave it out");
            refuse("per", "folds, which each seed draws again", "leave it out");
            last = false;
            once = false;
        }
        if (testFile.isPresent()) {
            refuse("test", "test_file, whose rows are the test part", "leave one of them out");
            refuse("folds", "test_file, whose rows are the test part", "leave one of them out");
            refuse("group", "test_file, whose rows are the test part", "leave it out");
        }
        if (last) {
            refuse("per", "take: last, which draws nothing", "leave it out: the last rows are the same for every seed");
            if (stratify) {
                refuse("stratify", "take: last, which draws nothing", "leave it out, or write take: random");
            }
            refuse("group", "take: last, which draws nothing", "leave it out, or write take: random");
        }
        if (stratify && group.isPresent()) {
            refuse(
                    "group",
                    "stratify: whole groups of rows cannot give each class its share",
                    "leave one of them out; rows that belong together matter more");
        }
        return Optional.of(new Spec.Split(at.get(), test, validation, last, once, stratify, group, testFile, folds));
    }

    /** How many folds there are; 0 where there are none. */
    private int folds() {
        Optional<Setting> leaf = layers.leaf(PATH + ".folds");
        if (leaf.isEmpty()) {
            return 0;
        }
        Reading reading = Reading.of(leaf.get(), problems);
        Optional<Long> count = reading.wholeNumber();
        if (count.isPresent() && (count.get() < 2 || count.get() > MOST_FOLDS)) {
            reading.refuse("must be from 2 to " + MOST_FOLDS + ", got " + reading.got(), "write folds: 5");
        }
        return count.filter(number -> number >= 2 && number <= MOST_FOLDS)
                .orElse(2L)
                .intValue();
    }

    private double test(Position at) {
        Optional<Setting> test = layers.leaf(PATH + ".test");
        if (test.isEmpty()) {
            problems.add(Problem.error(layers.missingAt(PATH + ".test").orElse(at), "data.split.test is missing")
                    .suggesting("write split: { test: 0.2 } to hold back a fifth of the rows"));
        }
        return test.flatMap(leaf -> share(Reading.of(leaf, problems))).orElse(SOME);
    }

    private void refuse(String key, String cannotGoWith, String wayOut) {
        layers.leaf(PATH + "." + key)
                .ifPresent(leaf ->
                        problems.add(Problem.error(leaf.keyAt(), leaf.path() + " cannot go with " + cannotGoWith)
                                .suggesting(wayOut)));
    }

    private Optional<String> word(String key, List<String> words) {
        return layers.leaf(PATH + "." + key)
                .flatMap(leaf -> Reading.of(leaf, problems).word(words));
    }

    private static Optional<Double> share(Reading reading) {
        boolean percent =
                reading.node() instanceof Node.Scalar scalar && scalar.text().matches("[0-9]{1,2}(\\.[0-9]{1,9})?%");
        if (percent) {
            refuse(reading);
            return Optional.empty();
        }
        return reading.number().filter(value -> {
            boolean fine = value > 0 && value < 1;
            if (!fine) {
                refuse(reading);
            }
            return fine;
        });
    }

    private static void refuse(Reading reading) {
        String text = ((Node.Scalar) reading.node()).text();
        String digits = text.replace("%", "");
        // 1 and 1.5 may be meant as anything
        boolean percent = text.endsWith("%") || digits.matches("([2-9]|[1-9][0-9])(\\.[0-9]{1,9})?");
        reading.refuse(
                "must be a share of the rows above 0 and below 1, got " + reading.got(),
                percent && digits.matches(".*[1-9].*")
                        ? "write "
                                + new BigDecimal(digits)
                                        .movePointLeft(2)
                                        .stripTrailingZeros()
                                        .toPlainString() + " for " + digits + " %"
                        : "");
    }
}
