package dev.ablate.engine.experiment;

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
        Optional<Setting> test = layers.leaf(PATH + ".test");
        if (test.isEmpty()) {
            problems.add(Problem.error(layers.missingAt(PATH + ".test").orElse(at.get()), "data.split.test is missing")
                    .suggesting("write split: { test: 0.2 } to hold back a fifth of the rows"));
        }
        double share = test.flatMap(leaf -> share(Reading.of(leaf, problems))).orElse(SOME);
        boolean last = word("take", List.of("random", "last")).equals(Optional.of("last"));
        boolean once = word("per", List.of("seed", "experiment")).equals(Optional.of("experiment"));
        if (last) {
            layers.leaf(PATH + ".per")
                    .ifPresent(leaf -> problems.add(
                            Problem.error(leaf.keyAt(), "data.split.per cannot go with take: last, which draws nothing")
                                    .suggesting("leave it out: the last rows are the same for every seed")));
        }
        Optional<Setting> stratify = layers.leaf(PATH + ".stratify");
        boolean stratified =
                stratify.flatMap(leaf -> Reading.of(leaf, problems).bool()).orElse(false);
        if (last && stratified) {
            problems.add(Problem.error(
                            stratify.get().keyAt(),
                            "data.split.stratify cannot go with take: last, which draws nothing")
                    .suggesting("leave it out, or write take: random"));
        }
        return Optional.of(new Spec.Split(at.get(), share, last, once, stratified));
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
