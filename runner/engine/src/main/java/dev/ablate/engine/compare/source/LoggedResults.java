package dev.ablate.engine.compare.source;

import dev.ablate.engine.compare.Measure;
import dev.ablate.engine.compare.Observation;
import dev.ablate.engine.compare.source.LoggedFields.Field;
import dev.ablate.engine.plan.Pair;
import dev.ablate.engine.plan.PairNoun;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.problem.RequestException;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.tracking.LoggedRun;
import dev.ablate.engine.tracking.LoggedRuns;
import dev.ablate.worker.text.Phrases;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Runs on a tracking server as results: which variant each is of, which pair, and which of its values counts. */
public final class LoggedResults {

    private static final List<String> VARIANTS = List.of("variant", "ablate.variant");

    /** The tag that says what a run is to Ablate; parents hold answers, which are not compared. */
    private static final String ROLE = "ablate.role";

    private static final String FOLD = "ablate.fold";

    /** More are only counted. */
    private static final int MOST_NAMED = 5;

    private final LoggedRuns source;
    private final Roles roles;
    private final At at;
    private final List<LoggedRun> runs;
    private final LoggedFields fields;
    private final Field variant;
    private final Field pair;
    private final String noun;

    /**
     * Reads the runs.
     *
     * @throws RequestException if there is none, or it cannot be known which variant or pair they are of; the message lists what there is
     */
    public LoggedResults(LoggedRuns source, Roles roles, At at) {
        this.source = source;
        this.roles = roles;
        this.at = at;
        this.runs = source.runs().stream()
                .filter(run -> !"parent".equals(run.tags().get(ROLE)))
                .toList();
        if (runs.isEmpty()) {
            throw new RequestException("the experiment " + source.experiment() + " at " + source.server()
                    + " has no run that is active and fits the filter");
        }
        this.fields = new LoggedFields(runs, source::isHousekeeping);
        this.variant = roles.variant()
                .map(name -> fields.named("--variant-by", name))
                .or(() -> fields.first(VARIANTS))
                .orElseThrow(() -> missing("--variant-by", "what is compared"));
        this.pair = roles.pair()
                .map(name -> fields.named("--pair-by", name))
                .or(fields::seed)
                .orElseThrow(
                        () -> missing("--pair-by", "which runs of different variants belong together, such as a seed"));
        this.noun = PairNoun.of(pair.name());
    }

    private RequestException missing(String option, String what) {
        return new RequestException(
                option + " is missing: name the param or tag that says " + what + "\n" + fields.listing());
    }

    /** The names of the metrics that any run has. */
    public List<String> metrics() {
        TreeSet<String> names = new TreeSet<>();
        runs.forEach(run -> names.addAll(run.metrics().keySet()));
        return List.copyOf(names);
    }

    /** Which param or tag says what, by name as a person reads it. */
    public Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("variants by", variant.inWords());
        facts.put("pairs by", pair.inWords());
        if (roles.mean()) {
            facts.put("repeats", "their mean");
        }
        facts.put("metrics at", at.inWords());
        return facts;
    }

    /**
     * The runs as results.
     *
     * @param measures what is compared
     * @param cells further params or tags that are the cell
     * @throws RequestException if several runs are of one variant and pair, unless their mean was asked for
     */
    public Results results(List<Measure> measures, Collection<String> cells) {
        Map<String, Field> leaves = new LinkedHashMap<>();
        cells.forEach(name -> leaves.put(name, fields.named("--cell", name)));
        Repeats repeats = new Repeats();
        Map<List<Object>, List<LoggedRun>> alike = new LinkedHashMap<>();
        Map<String, List<LoggedRun>> variants = new LinkedHashMap<>();
        for (LoggedRun run : runs) {
            if (variant.of(run).isPresent() && pair.of(run).isPresent()) {
                Observation observed = observation(run, leaves, measures);
                repeats.add(observed);
                alike.computeIfAbsent(Repeats.identity(observed), none -> new ArrayList<>())
                        .add(run);
                variants.computeIfAbsent(observed.variant(), none -> new ArrayList<>())
                        .add(run);
            }
        }
        if (!roles.mean()) {
            requireOne(alike);
        }
        if (variants.isEmpty()) {
            throw new RequestException("no run has both the " + variant.inWords() + " and the " + pair.inWords() + "\n"
                    + fields.listing());
        }
        List<String> remarks = new ArrayList<>(without());
        remarks.addAll(repeats.remarks());
        if (at.kind() == At.Kind.BEST) {
            remarks.add(
                    "Each run counts where its metric is best (--at best), which flatters what goes up and down more:"
                            + " nobody knows that step beforehand.");
        }
        List<Plan.Difference> differences = new ArrayList<>();
        fields.differing(variants).forEach((name, values) -> differences.add(new Plan.Difference(name, values)));
        return Results.of(repeats.means(), differences, remarks);
    }

    private Observation observation(LoggedRun run, Map<String, Field> leaves, List<Measure> measures) {
        RunStatus status = StatusWords.read(run.status()).orElse(RunStatus.RUNNING);
        Map<String, String> cell = new LinkedHashMap<>();
        leaves.forEach((name, field) -> cell.put(name, field.of(run).orElse("")));
        Map<String, Double> values = new LinkedHashMap<>();
        measures.forEach(measure -> values.put(measure.name(), value(run, status, measure)));
        return new Observation(
                variant.of(run).orElseThrow(),
                cell,
                pair(run),
                Optional.empty(),
                status,
                Optional.empty(),
                false,
                OptionalLong.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                values,
                Map.of());
    }

    private Pair pair(LoggedRun run) {
        String text = pair.of(run).orElseThrow();
        String fold = run.tags().get(FOLD);
        return fold != null && noun.equals("seed") ? new Pair(text + "/fold=" + fold) : Pair.named(text, noun);
    }

    private double value(LoggedRun run, RunStatus status, Measure measure) {
        Double last = run.metrics().get(measure.name());
        if (last == null) {
            return Double.NaN;
        }
        return at.needsHistory() && status == RunStatus.FINISHED
                ? at.of(source.history(run, measure.name()), measure.goal())
                : last;
    }

    private void requireOne(Map<List<Object>, List<LoggedRun>> alike) {
        List<List<LoggedRun>> several =
                alike.values().stream().filter(group -> group.size() > 1).toList();
        if (several.isEmpty()) {
            return;
        }
        String listed = several.stream()
                .limit(MOST_NAMED)
                .map(group -> "    " + variant.of(group.get(0)).orElseThrow() + ", "
                        + pair(group.get(0)).inWords() + ": "
                        + Phrases.some(group.stream().map(LoggedResults::named).toList()))
                .collect(Collectors.joining("\n"));
        int more = several.size() - MOST_NAMED;
        throw new RequestException(
                "several runs are of one variant and " + noun + ": leave some out (--filter \"attributes.status ="
                        + " 'FINISHED'\"), or take their mean (--repeat mean)\n" + listed
                        + (more > 0 ? "\n    and " + more + " more" : ""));
    }

    private static String named(LoggedRun run) {
        String brief = run.id().substring(0, Math.min(8, run.id().length()));
        return (run.name().isEmpty() ? brief : run.name() + " (" + brief + ")")
                + (run.status().equals("FINISHED") ? "" : " " + run.status());
    }

    /** Runs that cannot be compared, as they do not say what they are. */
    private List<String> without() {
        List<String> remarks = new ArrayList<>();
        for (Field field : List.of(variant, pair)) {
            List<String> names = runs.stream()
                    .filter(run -> field.of(run).isEmpty())
                    .filter(run -> field.equals(variant) || variant.of(run).isPresent())
                    .map(LoggedResults::named)
                    .toList();
            if (!names.isEmpty()) {
                remarks.add(Phrases.counted(names.size(), "run") + " without the " + field.inWords()
                        + (names.size() == 1 ? " is" : " are") + " left out: " + Phrases.some(names) + ".");
            }
        }
        return remarks;
    }
}
