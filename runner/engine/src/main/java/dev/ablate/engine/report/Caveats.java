package dev.ablate.engine.report;

import dev.ablate.core.data.Contradictions;
import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Task;
import dev.ablate.engine.caution.PartCautions;
import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.compare.Effect;
import dev.ablate.engine.compare.Effect.Untested;
import dev.ablate.engine.compare.Findings;
import dev.ablate.engine.compare.Question;
import dev.ablate.engine.compare.Verdict;
import dev.ablate.engine.compare.significance.PairedTest;
import dev.ablate.engine.compare.significance.SeedsNeeded;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.plan.PreparationNotes;
import dev.ablate.engine.plan.TestChoice;
import dev.ablate.engine.planning.Coding;
import dev.ablate.engine.report.across.AcrossWords;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.train.Outcome;
import dev.ablate.worker.data.SharedData;
import dev.ablate.worker.spec.ScaleSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What to bear in mind, a sentence each. */
final class Caveats {

    /** More of a kind are only counted. */
    private static final int MOST = 4;

    private Caveats() {}

    /** Of what was compared: missing pairs, margins without a meaning, tests that are not possible, and seeds that are too few. */
    static List<String> of(Findings findings) {
        List<Effect> effects = findings.effects();
        boolean across = findings.question().across().isPresent();
        List<String> caveats = new ArrayList<>(some(AcrossWords.caveats(findings)));
        caveats.addAll(missing(
                // a data set without any pair is left out, which is said
                across ? effects.stream().filter(effect -> effect.n() > 0).toList() : effects));
        caveats.addAll(some(effects.stream()
                .filter(effect -> effect.metric().isRefusedFor(effect))
                .map(effect ->
                        Sentence.subject(effect) + ": same_within is per cent of the baseline's mean, which is 0, so"
                                + " nothing but identical counts as the same.")
                .toList()));
        caveats.addAll(some(effects.stream()
                .filter(effect -> effect.verdict() == Verdict.UNDECIDED
                        && effect.untested().equals(Optional.of(Untested.NO_SPREAD)))
                .map(effect -> Sentence.subject(effect)
                        + ": every pair differs by the same, so a t test has no spread to judge by, and no test is possible;"
                        + " paired-permutation can judge such pairs.")
                .toList()));
        caveats.addAll(some(copies(
                effects,
                findings.question().haveOwnPairs() ? findings.question().pairNoun() : "seed")));
        Optional<Effect> answered = Sentence.about(findings);
        caveats.addAll(some(effects.stream()
                .filter(effect -> !answered.equals(Optional.of(effect)))
                .flatMap(effect -> EffectSentence.aside(effect).stream()
                        .map(aside -> Sentence.subject(effect) + ": " + aside + "."))
                .toList()));
        if (across) {
            // more seeds do not make more data sets
            return caveats;
        }
        caveats.addAll(some(effects.stream()
                .filter(effect -> effect.verdict() == Verdict.UNDECIDED)
                .flatMap(effect -> seeds(effect, findings.question()).stream())
                .toList()));
        return caveats;
    }

    /** Of the parts that models are trained and judged on. */
    static String sentence(PartCautions.Caution caution) {
        String what = caution.what();
        // a setting is called as specs call it
        boolean setting = what.split(" ", 2)[0].contains(".");
        String first = setting ? what.substring(0, 1) : what.substring(0, 1).toUpperCase(Locale.ROOT);
        return first + what.substring(1) + "; " + caution.wayOut() + ".";
    }

    /** Of runs that no plan made: a test that takes seeds for independent where they are not, or nothing says whether they are. */
    static List<String> ofDependence(Findings findings) {
        Question question = findings.question();
        boolean tested = findings.effects().stream()
                .anyMatch(effect -> effect.evidence().isPresent() && effect.verdict() != Verdict.IDENTICAL);
        if (!tested || question.test() == TestChoice.CORRECTED_RESAMPLED_T) {
            return List.of();
        }
        boolean folds = question.folds() > 0;
        String takes =
                question.test().word() + " takes the " + Numbers.plural(question.pairNoun()) + " for independent";
        if (question.ratio().isPresent()) {
            return List.of(takes + ", and " + (folds ? "they are cut from the same rows" : "each drew its own split")
                    + ": training parts that overlap make p too small."
                    + " corrected-resampled-t corrects for that.");
        }
        if (!question.clusters().areNone()) {
            return List.of();
        }
        if (question.haveOwnPairs()) {
            return List.of(takes + ": where several belong together, such as the sentences of one text, p is too small;"
                    + " --cluster-by COLUMN flips the signs of such a cluster together.");
        }
        boolean stored =
                findings.observations().stream().anyMatch(run -> run.key().isPresent());
        String ratio = "give --test-train-ratio R (n_test / n_train), as training parts that overlap make p too small.";
        return stored
                ? List.of()
                : List.of(takes
                        + (folds ? ", and they are cut from the same rows: " : ": if each seed drew its own split, ")
                        + ratio);
    }

    /** Of columns that are constant, and so were not divided by anything; each is named once, whatever the seed. */
    static List<String> unscalable(List<Outcome> outcomes) {
        SharedData data = new SharedData();
        return some(outcomes.stream()
                .filter(outcome -> !outcome.run().scale().equals(ScaleSettings.NONE))
                .flatMap(outcome -> data.of(outcome.run().context()).warnings().stream())
                .distinct()
                .toList());
    }

    /** What trainers have to say of their runs; one that many say stands once. */
    static List<String> remarks(List<Outcome> outcomes) {
        Map<String, List<Outcome>> alike = new LinkedHashMap<>();
        outcomes.forEach(outcome -> outcome.record()
                .remark()
                .ifPresent(remark ->
                        alike.computeIfAbsent(remark, none -> new ArrayList<>()).add(outcome)));
        List<String> said = new ArrayList<>();
        alike.forEach((remark, of) -> {
            String more = of.size() == 1 ? "" : " (and " + Numbers.count(of.size() - 1, "more run") + ")";
            said.add(of.get(0).run().label() + more + ": " + remark + ".");
        });
        return some(said);
    }

    /** Of each variant and cell whose pairs are not all there; metrics that lack as many are named together. */
    private static List<String> missing(List<Effect> effects) {
        Map<String, Set<String>> metrics = new LinkedHashMap<>();
        Map<String, String> sides = new LinkedHashMap<>();
        for (Effect effect : effects) {
            if (effect.n() < effect.planned()) {
                String lack = effect.n() + " of " + Numbers.count(effect.planned(), "pair") + "; "
                        + GapWords.disjoint(effect).orElseGet(() -> GapWords.of(effect)) + ".";
                String key = Sentence.sides(effect) + " " + lack;
                sides.put(key, Sentence.sides(effect) + ", %s: " + lack);
                metrics.computeIfAbsent(key, none -> new LinkedHashSet<>())
                        .add(effect.metric().name());
            }
        }
        List<String> remarks = new ArrayList<>();
        metrics.forEach(
                (key, names) -> remarks.add(sides.getOrDefault(key, "%s").replace("%s", String.join(", ", names))));
        return some(remarks);
    }

    /** Seeds that are one result, however many they are: what was done about it, and the way out. */
    private static List<String> copies(List<Effect> effects, String noun) {
        List<String> remarks = new ArrayList<>();
        for (Untested why : List.of(Untested.COPIES, Untested.CONSTANT)) {
            Map<String, Set<String>> metrics = new LinkedHashMap<>();
            effects.stream()
                    .filter(effect -> effect.verdict() == Verdict.UNDECIDED
                            && effect.untested().equals(Optional.of(why)))
                    .forEach(effect -> metrics.computeIfAbsent(Sentence.sides(effect), none -> new LinkedHashSet<>())
                            .add(effect.metric().name()));
            String reason = why == Untested.COPIES
                    ? "the seeds of each side give the same answers on the same rows: they are one result, which says nothing of"
                            + " chance."
                    : "no value changes from " + noun + " to " + noun
                            + ", so these may be copies of one result, and no test is made. A metric"
                            + " that varies, such as a loss, can be tested.";
            metrics.forEach((sides, names) -> {
                // what trainers report is of no part of the data
                boolean parts = names.stream().anyMatch(name -> name.contains("/"));
                String wayOut = why == Untested.COPIES && parts
                        ? " data.split with per: seed gives each seed rows of its own."
                        : "";
                remarks.add(sides + ", " + String.join(", ", names) + ": " + reason + wayOut);
            });
        }
        return remarks;
    }

    /** Of variants whose trainer has got a seed for each run, and reports the same for all of them. */
    static List<String> unmoved(Comparison comparison) {
        List<String> remarks = new ArrayList<>();
        for (Group group : Group.of(comparison.findings().question())) {
            List<Outcome> runs = group.finished(comparison);
            boolean own = runs.size() > 1
                    && runs.stream()
                            .allMatch(outcome -> outcome.run().trainer().reportsAll()
                                    && !outcome.record().deterministic());
            if (own
                    && runs.stream()
                                    .map(outcome -> outcome.record().metrics())
                                    .distinct()
                                    .count()
                            == 1) {
                remarks.add(group.label() + ": all " + Numbers.count(runs.size(), "run")
                        + " report the same values. Does the seed reach the program?");
            }
        }
        return some(remarks);
    }

    private static Optional<String> seeds(Effect effect, Question question) {
        int folds = Math.max(1, question.folds());
        String noun = question.haveOwnPairs() ? question.pairNoun() : "seed";
        String subject = Sentence.subject(effect) + ": ";
        if (effect.untested().equals(Optional.of(Untested.FEW_CLUSTERS))) {
            int more = PairedTest.FEWEST - effect.clusters().orElse(0);
            return Optional.of(subject + Numbers.count(more, "more cluster") + (more == 1 ? " is" : " are")
                    + " needed for a test, which takes at least " + PairedTest.FEWEST + " clusters.");
        }
        if (effect.ruler().isPresent() || effect.clusters().isPresent()) {
            // mean and sd, which the number of seeds is estimated from, are those of one pair
            return Optional.empty();
        }
        boolean few = effect.untested().equals(Optional.of(Untested.TOO_FEW));
        if (effect.moreSeeds().isPresent()) {
            int more = (effect.moreSeeds().getAsInt() + folds - 1) / folds;
            return Optional.of(subject
                    + Numbers.count(more, "more " + noun)
                    + (few && effect.n() + effect.moreSeeds().getAsInt() == PairedTest.FEWEST
                            ? " " + (more == 1 ? "is" : "are") + " needed for a test, which takes at least "
                                    + PairedTest.FEWEST + " pairs."
                            : " would probably settle it."));
        }
        return effect.evidence().isPresent() && !effect.hasFailures()
                ? Optional.of(
                        subject + "not even " + Numbers.count(SeedsNeeded.most(effect.n()), folds > 1 ? "fold" : noun)
                                + " would probably settle it.")
                : Optional.empty();
    }

    /** Of classes that the data do not call 0 and 1. */
    static List<String> coding(Plan plan) {
        return plan.runs().stream()
                .map(PlannedRun::dataset)
                .distinct()
                .flatMap(data -> Coding.inWords(data).stream())
                .map(words -> "T" + words.substring(1) + ".")
                .distinct()
                .toList();
    }

    /** Of what is done to columns before they are learned from. */
    static List<String> preparation(Plan plan) {
        PreparationNotes notes = new PreparationNotes();
        plan.runs().forEach(run -> notes.add(run.variant(), run.context().preparation()));
        return notes.all().stream()
                .map(note -> note.substring(0, 1).toUpperCase(Locale.ROOT) + note.substring(1) + ".")
                .toList();
    }

    /** Of the rows as each variant sees them; variants that see the same are named once. */
    static List<String> contradictions(Plan plan) {
        Map<List<String>, Set<String>> variants = new LinkedHashMap<>();
        Map<List<String>, Dataset> data = new HashMap<>();
        for (PlannedRun run : plan.runs()) {
            if (!run.opened().isNone() && run.opened().equals(plan.runs().get(0).opened())) {
                data.putIfAbsent(run.features(), run.dataset());
                variants.computeIfAbsent(run.features(), features -> new LinkedHashSet<>())
                        .add(run.variant());
            }
        }
        List<String> remarks = new ArrayList<>();
        variants.forEach((features, names) -> {
            Examples examples =
                    data.getOrDefault(features, plan.dataset()).examples().select(features);
            Contradictions found = Contradictions.in(examples, plan.dataset().task());
            if (!found.rows().isEmpty() && found.mostRight().isPresent()) {
                String whose = variants.size() == 1 ? "" : String.join(", ", names) + ": ";
                Set<String> rows = found.rows().stream()
                        .map(index -> Answers.tuple(
                                Arrays.stream(examples.row(index)).boxed().toList()))
                        .collect(Collectors.toCollection(LinkedHashSet::new));
                remarks.add(whose + "Contradictory rows: " + some(rows) + " carry "
                        + (plan.dataset().task() == Task.CLASSES ? "different" : "both")
                        + " answers, so no model gets more than "
                        + found.mostRight().getAsInt() + " of " + found.size() + " right.");
            }
        });
        return remarks;
    }

    private static String some(Collection<String> rows) {
        List<String> first = rows.stream().limit(MOST).toList();
        int more = rows.size() - first.size();
        return String.join(", ", first) + (more == 0 ? "" : " and " + Numbers.count(more) + " more");
    }

    private static List<String> some(List<String> sentences) {
        if (sentences.size() <= MOST + 1) {
            return sentences;
        }
        List<String> remarks = new ArrayList<>(sentences.subList(0, MOST));
        remarks.add("And " + Numbers.count(sentences.size() - MOST) + " more like this: -f json lists all of them.");
        return remarks;
    }
}
