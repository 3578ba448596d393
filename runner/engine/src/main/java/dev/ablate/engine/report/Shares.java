package dev.ablate.engine.report;

import dev.ablate.core.training.Decision;
import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.report.layout.Numbers;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What answers a row where three classes and more have a number each: the means over some runs.
 *
 * @param classes what the data call them, in the order of their codes, {@code [k]}
 * @param means {@code [k]}
 */
public record Shares(List<String> classes, List<Double> means) {

    /** Numbers that differ by less are equal. */
    private static final double ROUNDING = 1e-9;

    /** Copies the lists. */
    public Shares {
        classes = List.copyOf(classes);
        means = List.copyOf(means);
    }

    /**
     * The means of some runs' answers.
     *
     * @param answers {@code [k]} of each run, at least one
     */
    public static Shares of(List<String> classes, List<List<Double>> answers) {
        return new Shares(
                classes,
                IntStream.range(0, classes.size())
                        .mapToObj(k -> Comparison.mean(answers.stream()
                                .mapToDouble(answer -> answer.get(k))
                                .toArray()))
                        .toList());
    }

    /** The number of the class that is answered, from 0. */
    int decided() {
        return greatest().stream().findFirst().orElseGet(() -> Decision.DEFAULT.classOf(means));
    }

    /** Whether no class is ahead of all others. */
    boolean isTie() {
        return greatest().size() > 1;
    }

    /** The classes that none is ahead of; none where a number is NaN. */
    private List<Integer> greatest() {
        double most = means.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        return IntStream.range(0, means.size())
                .filter(k -> most - means.get(k) <= ROUNDING)
                .boxed()
                .toList();
    }

    /** {@code minor (0.93)}, or {@code ice (0.333, a tie)}. */
    public String shown() {
        return classes.get(decided()) + " (" + share() + (isTie() ? ", a tie" : "") + ")";
    }

    /** {@code answers minor (0.93)}, or {@code answers ice, steam and water alike (0.333), a tie, ...}. */
    String inWords() {
        List<String> alike = greatest().stream().map(classes::get).toList();
        if (alike.size() < 2) {
            return "answers " + shown();
        }
        int last = alike.size() - 1;
        return "answers " + String.join(", ", alike.subList(0, last)) + " and " + alike.get(last) + " alike (" + share()
                + "), a tie, which decides nothing (it counts as " + alike.get(0) + ")";
    }

    private String share() {
        return Numbers.rounded(means.get(decided()), Numbers.SENTENCE);
    }
}
