package dev.ablate.engine.report;

import dev.ablate.engine.compare.Findings;
import dev.ablate.engine.compare.Measure;
import dev.ablate.engine.compare.Observation;
import dev.ablate.engine.experiment.TrackBlock;
import dev.ablate.engine.plan.GroupNames;
import dev.ablate.engine.plan.Pair;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.worker.spec.RunKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The run whose model is registered, which is never a pick on the part of the data on which it is judged.
 *
 * <p>It is the one that the spec names; or else the first seed of the variant that is decidedly better than all others, or that
 * there is alone; of a sweep that of the group that is best on the validation part. Which seed did best has no part in it.
 *
 * @param label what it is called: {@code bias/seed=42}
 * @param key the run
 * @param description which run it is and how it was chosen, and the comparison's sentence
 */
public record BestRun(String label, RunKey key, String description) {

    private static final String NAME_IT = "to say whose it is: --set ";

    /** What a shell takes for one word. */
    private static final String ONE_WORD = "[A-Za-z0-9_./=-]+";

    /**
     * The run, or why there is none.
     *
     * @param run empty: none is registered
     * @param reason why, and the way out; empty where there is one
     */
    public record Choice(Optional<BestRun> run, String reason) {

        private static Choice none(String reason) {
            return new Choice(Optional.empty(), reason);
        }
    }

    /**
     * Chooses.
     *
     * @param from a variant, one of its cells or a run, as the spec names it; empty: as it is decided
     */
    public static Choice of(Findings findings, Optional<String> from) {
        List<Group> groups = Group.of(findings.question());
        if (from.isPresent()) {
            return named(findings, groups, from.get());
        }
        if (groups.size() == 1) {
            return first(findings, groups.get(0), "the only variant");
        }
        String example = example(groups.get(0));
        Optional<ChosenByValidation> validated = ChosenByValidation.of(findings);
        if (validated.isPresent()) {
            return first(
                    findings,
                    validated.get().group(),
                    "the best of " + groups.size() + " on " + validated.get().by());
        }
        if (findings.question().across().isPresent()) {
            return Choice.none("each data set has models of its own; " + NAME_IT + example);
        }
        if (findings.question().hasCells()) {
            return Choice.none(
                    "the best of " + groups.size() + " is a pick on what it is judged by; " + NAME_IT + example);
        }
        Measure primary = findings.question().primary();
        Optional<Decided> decided = Decided.of(findings).filter(best -> best.tested() || isOfTraining(primary));
        return decided.map(
                        best -> first(findings, best.group(), "decidedly better than all others on " + primary.name()))
                .orElseGet(() -> Choice.none("no variant is decidedly better than all others on " + primary.name()
                        + ", and the best of them by chance is none to rely on; " + NAME_IT + example));
    }

    /** As a shell takes it. */
    private static String example(Group group) {
        String setting = TrackBlock.REGISTER_FROM + "=" + group.label();
        return setting.matches(ONE_WORD) ? setting : "'" + setting.replace("'", "'\\''") + "'";
    }

    private static boolean isOfTraining(Measure primary) {
        return primary.name().startsWith("train/");
    }

    private static Choice named(Findings findings, List<Group> groups, String from) {
        List<Pair> pairs = findings.question().pairs();
        String meant = GroupNames.find(
                        from,
                        groups.stream()
                                .flatMap(group -> Stream.concat(
                                        Stream.of(group.label()), pairs.stream().map(pair -> label(group, pair))))
                                .toList())
                .orElse(from);
        for (Group group : groups) {
            if (group.label().equals(meant)) {
                return first(findings, group, "named by the spec");
            }
            for (Pair pair : pairs) {
                if (meant.equals(label(group, pair))) {
                    return findings.finished(group.variant(), group.cell()).stream()
                            .filter(run -> run.pair().equals(pair))
                            .findFirst()
                            .map(run -> chosen(findings, group, run, "named by the spec"))
                            .orElseGet(() -> Choice.none(meant + " has not finished"));
                }
            }
        }
        return Choice.none("there is no " + from);
    }

    private static Choice first(Findings findings, Group group, String why) {
        return findings.finished(group.variant(), group.cell()).stream()
                .findFirst()
                .map(run -> chosen(
                        findings,
                        group,
                        run,
                        why + (findings.question().pairs().size() > 1 ? ", and its first seed" : "")))
                .orElseGet(() -> Choice.none("no run of " + group.label() + " has finished"));
    }

    private static Choice chosen(Findings findings, Group group, Observation run, String why) {
        String label = label(group, run.pair());
        Measure primary = findings.question().primary();
        Double value = run.metrics().get(primary.name());
        String text = label + ": " + why
                + (value == null ? "" : "; its " + primary.name() + " is " + Numbers.rounded(value)) + ".\n\n"
                + Sentence.of(findings);
        return new Choice(run.key().map(key -> new BestRun(label, key, text)), "");
    }

    /** As {@link PlannedRun#label} gives it. */
    private static String label(Group group, Pair pair) {
        return group.label() + "/" + pair.label();
    }
}
