package dev.ablate.engine.compare;

import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.problem.RequestException;
import dev.ablate.engine.problem.Suggestion;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Verdicts that a program waits for.
 *
 * @param asTyped for messages
 * @param metric a compared metric
 * @param variant the variant that is judged; empty: all but the baseline
 * @param verdicts any of which will do
 */
public record Gate(String asTyped, String metric, Optional<String> variant, Set<Verdict> verdicts) {

    /**
     * Reads {@code METRIC[@VARIANT]:VERDICT[|VERDICT...]}.
     *
     * @throws RequestException if it names what is not compared
     */
    public static Gate of(String text, Question question) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw wrong(text, "must be METRIC[@VARIANT]:VERDICT, such as train/mse@bias:better");
        }
        if (question.challengers().isEmpty()) {
            throw wrong(text, "there is one variant alone, so nothing is compared");
        }
        String before = text.substring(0, colon);
        Set<Verdict> verdicts = EnumSet.noneOf(Verdict.class);
        for (String word : text.substring(colon + 1).split("\\|", -1)) {
            verdicts.add(verdict(text, word));
        }
        Optional<String> whole = metric(before, question);
        if (whole.isPresent()) {
            return new Gate(text, whole.get(), Optional.empty(), verdicts);
        }
        int at = before.lastIndexOf('@');
        String name = at < 0 ? before : before.substring(0, at);
        String metric = metric(name, question)
                .orElseThrow(() -> unknown(
                        text,
                        "no metric",
                        name,
                        question.measures().stream()
                                .map(measure -> measure.name())
                                .toList()));
        String variant = before.substring(at + 1);
        if (!question.challengers().contains(variant)) {
            throw variant.equals(question.baseline())
                    ? wrong(text, variant + " is the baseline, which the others are compared with")
                    : unknown(text, "no variant", variant, question.challengers());
        }
        return new Gate(text, metric, Optional.of(variant), verdicts);
    }

    /** Why it is not met; empty if it is. */
    public Optional<String> unmet(Findings findings) {
        List<Effect> failing = findings.effects().stream()
                .filter(effect -> effect.metric().name().equals(metric))
                .filter(effect -> variant.isEmpty()
                        || variant.get().equals(effect.variant().name()))
                .filter(effect -> !verdicts.contains(effect.verdict()) || isLeftOpenByFailures(effect))
                .toList();
        return failing.isEmpty()
                ? Optional.empty()
                : Optional.of("gate " + asTyped + " is not met: "
                        + String.join(", ", failing.stream().map(Gate::words).toList()));
    }

    /** What failed runs leave undecided meets no gate, so that "not worse" does not pass what does not run. */
    private static boolean isLeftOpenByFailures(Effect effect) {
        return effect.verdict() == Verdict.UNDECIDED && effect.hasFailures();
    }

    private static String failures(Effect.Side side, int planned) {
        return side.failed() == 0
                ? ""
                : ", and " + side.failed() + " of " + planned + " runs of " + side.name() + " failed";
    }

    private static String words(Effect effect) {
        return effect.variant().name()
                + (effect.cell().isEmpty() ? "" : " with " + PlannedRun.cellLabel(effect.cell()))
                + " is " + effect.verdict().word()
                + failures(effect.variant(), effect.planned())
                + failures(effect.baseline(), effect.planned());
    }

    /** As in a spec, a bare name means test where that is compared, else validation, else train. */
    private static Optional<String> metric(String name, Question question) {
        List<String> names =
                question.measures().stream().map(measure -> measure.name()).toList();
        return Stream.of(name, "test/" + name, "validation/" + name, "train/" + name)
                .filter(names::contains)
                .findFirst();
    }

    private static Verdict verdict(String text, String word) {
        return Stream.of(Verdict.values())
                .filter(verdict -> verdict.word().equals(word))
                .findFirst()
                .orElseThrow(() -> unknown(
                        text,
                        "no verdict",
                        word,
                        Stream.of(Verdict.values()).map(Verdict::word).toList()));
    }

    private static RequestException unknown(String text, String what, String name, List<String> known) {
        return wrong(text, Suggestion.unknown(what, name, known, "there are"));
    }

    private static RequestException wrong(String text, String reason) {
        return new RequestException("--gate " + text + ": " + reason);
    }
}
