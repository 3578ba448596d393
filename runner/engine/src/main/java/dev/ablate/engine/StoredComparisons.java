package dev.ablate.engine;

import dev.ablate.engine.compare.source.Change;
import dev.ablate.engine.experiment.Overrides;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.SpecException;
import dev.ablate.engine.report.Invocation;
import dev.ablate.engine.report.Program;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.runs.ComparisonRecord;
import dev.ablate.engine.runs.ComparisonRecord.Member;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.worker.spec.RunKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Finds comparisons in the store without their specs, and says what else is stored of an experiment, with the command that shows it. */
final class StoredComparisons {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** So many digits of a key are printed. */
    static final int DIGITS = 8;

    /** More comparisons, and more keys of one, are only counted. */
    private static final int MOST = 4;

    private final RunStore store;
    private final Program program;

    StoredComparisons(RunStore store, Program program) {
        this.store = store;
        this.program = program;
    }

    /** The comparison whose key begins with these digits, or else the newest of that name. */
    Optional<ComparisonRecord> find(String what) {
        List<ComparisonRecord> all = store.comparisons();
        return all.stream()
                .filter(comparison -> Comparer.isKey(what) && comparison.key().startsWith(what))
                .findFirst()
                .or(() -> all.stream()
                        .filter(comparison -> comparison.name().equals(what))
                        .findFirst());
    }

    /** When it ended, else when it began. */
    static Instant time(ComparisonRecord comparison) {
        return comparison.ended().orElse(comparison.created());
    }

    /** The command that shows a comparison, whatever became of its spec and its data. */
    String command(ComparisonRecord comparison) {
        return program.command("report " + comparison.key().substring(0, DIGITS));
    }

    /** Why a spec has no plan, with what is stored under its name: that is there whatever became of its data. */
    SpecException noting(SpecException e, Optional<String> name) {
        List<ComparisonRecord> stored =
                name.stream().flatMap(known -> named(known).stream()).toList();
        if (stored.isEmpty()) {
            return e;
        }
        List<Problem> problems = new ArrayList<>(e.problems());
        Problem last = problems.remove(problems.size() - 1);
        for (ComparisonRecord comparison : stored.stream().limit(MOST).toList()) {
            last = last.noting("There is a comparison named " + comparison.name() + " in the store ("
                    + Numbers.count(finished(comparison).size(), "run") + "; " + TIME.format(time(comparison))
                    + "): " + command(comparison));
        }
        if (stored.size() > MOST) {
            last = last.noting(more(stored.size() - MOST));
        }
        problems.add(last);
        return new SpecException(problems);
    }

    /** Those with a finished run, the newest first. */
    private List<ComparisonRecord> named(String name) {
        return store.comparisons().stream()
                .filter(comparison -> comparison.name().equals(name))
                .filter(comparison -> !finished(comparison).isEmpty())
                .sorted(Comparator.comparing(StoredComparisons::time).reversed())
                .toList();
    }

    private String more(int count) {
        return "And " + Numbers.count(count, "more comparison") + ": " + program.command("report --all");
    }

    /**
     * What else is stored of a comparison of which nothing is shown, a sentence each with the command that shows it: the same with other
     * seeds, and runs of its name.
     *
     * @param verb {@code report} or {@code compare}
     */
    List<String> instead(String verb, Plan plan, String spec, Overrides layers) {
        return Stream.concat(ownWithMoreSeeds(verb, plan, spec, layers).stream(), withOtherRuns(plan).stream())
                .toList();
    }

    /**
     * What else is stored of a comparison that is shown, a sentence with the command that shows it: the same, or a newer one of its name,
     * with more seeds.
     *
     * @param verb {@code report} or {@code compare}
     */
    List<String> withMoreSeeds(String verb, Plan plan, String spec, Overrides layers) {
        Optional<ComparisonRecord> own = store.comparison(plan.key());
        return ownWithMoreSeeds(verb, plan, spec, layers)
                .or(() -> others(plan).stream()
                        .filter(other -> own.isEmpty() || time(other).isAfter(time(own.get())))
                        .filter(other -> seeds(other).size() > plan.seeds().size())
                        .findFirst()
                        .map(other -> "There is a newer comparison named " + plan.name() + " with "
                                + Numbers.count(seeds(other).size()) + " seeds, " + change(plan, other) + " ("
                                + TIME.format(time(other)) + "): " + command(other)))
                .stream()
                .toList();
    }

    private Optional<String> ownWithMoreSeeds(String verb, Plan plan, String spec, Overrides layers) {
        return store.comparison(plan.key())
                .filter(own -> seeds(own).size() > plan.seeds().size())
                .map(own -> "There is a newer comparison of it with "
                        + Numbers.count(seeds(own).size()) + " seeds (" + TIME.format(time(own)) + "): "
                        + Invocation.command(program, verb, spec, layers, chosen(plan, seeds(own))));
    }

    /** Runs of the name that are not those of the plan: a sentence a comparison, with what distinguishes them and the command for it. */
    List<String> withOtherRuns(Plan plan) {
        List<ComparisonRecord> others = others(plan);
        List<String> lines = new ArrayList<>();
        for (ComparisonRecord other : others.stream().limit(MOST).toList()) {
            List<Member> runs = finished(other);
            String keys = runs.stream()
                    .limit(MOST)
                    .map(member -> member.run().key().brief())
                    .collect(Collectors.joining(", "));
            lines.add((runs.size() == 1 ? "There is 1 run" : "There are " + Numbers.count(runs.size(), "run")) + " of "
                    + plan.name() + " " + change(plan, other) + " (" + keys
                    + (runs.size() > MOST ? " and " + Numbers.count(runs.size() - MOST) + " more" : "") + "; "
                    + TIME.format(time(other)) + "): " + command(other));
        }
        if (others.size() > MOST) {
            lines.add(more(others.size() - MOST));
        }
        return lines;
    }

    /** That a spec has moved on since its runs were trained, and the command that asks the newest model of then; empty if there is none. */
    Optional<String> movedOn(Plan plan) {
        return others(plan).stream()
                .findFirst()
                .map(newest -> plan.name() + " has moved on since " + TIME.format(time(newest))
                        + "; a model of then answers by its key: "
                        + program.command(
                                "predict " + finished(newest).get(0).run().key().brief()));
    }

    /** What a stored run was trained with that a planned one is not. */
    String change(PlannedRun planned, RunRecord stored, ComparisonRecord comparison) {
        return Change.of(planned, stored, store.files(comparison.key()), store);
    }

    private String change(Plan plan, ComparisonRecord other) {
        Set<RunKey> known = plan.runs().stream().map(PlannedRun::key).collect(Collectors.toUnmodifiableSet());
        for (Member member : finished(other)) {
            Optional<PlannedRun> same = plan.runs().stream()
                    .filter(run ->
                            run.group().equals(member.cell()) && run.pair().equals(member.pair()))
                    .findFirst();
            if (same.isPresent() && !known.contains(member.run().key())) {
                return change(same.get(), member.run(), other);
            }
        }
        return "with other variants or seeds";
    }

    /** Comparisons of the plan's name with a finished run that is none of the plan's, the newest first. */
    private List<ComparisonRecord> others(Plan plan) {
        Set<RunKey> known = plan.runs().stream().map(PlannedRun::key).collect(Collectors.toUnmodifiableSet());
        return store.comparisons().stream()
                .filter(other ->
                        other.name().equals(plan.name()) && !other.key().equals(plan.key()))
                .filter(other -> finished(other).stream()
                        .anyMatch(member -> !known.contains(member.run().key())))
                .sorted(Comparator.comparing(StoredComparisons::time).reversed())
                .toList();
    }

    private static List<Member> finished(ComparisonRecord comparison) {
        return comparison.members().stream()
                .filter(member -> member.run().status() == RunStatus.FINISHED)
                .toList();
    }

    private static List<Long> seeds(ComparisonRecord comparison) {
        return finished(comparison).stream()
                .flatMapToLong(member -> member.pair().seed().stream())
                .distinct()
                .boxed()
                .toList();
    }

    /** How the command line asks for seeds: by their number where they follow the plan's first one. */
    private static Map<String, String> chosen(Plan plan, List<Long> seeds) {
        long first = plan.seeds().get(0);
        List<Long> following =
                LongStream.range(first, first + seeds.size()).boxed().toList();
        return seeds.stream().sorted().toList().equals(following)
                ? Map.of("--repeats", Integer.toString(seeds.size()))
                : Map.of(
                        "--seeds",
                        seeds.stream().map(seed -> Long.toString(seed)).collect(Collectors.joining(",")));
    }
}
