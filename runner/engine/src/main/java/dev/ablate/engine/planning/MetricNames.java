package dev.ablate.engine.planning;

import dev.ablate.core.data.Task;
import dev.ablate.core.metric.Goal;
import dev.ablate.engine.experiment.Spec.Word;
import dev.ablate.engine.plan.KnownMetrics;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.problem.Suggestion;
import dev.ablate.worker.catalog.BoundMetric;
import dev.ablate.worker.catalog.Metrics;
import dev.ablate.worker.spec.MeasuredMetric;
import dev.ablate.worker.spec.MeasuredMetric.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks metrics up by what a spec calls them, and reports those that there are not. */
final class MetricNames {

    /** More metrics than this are not suggested for another one. */
    private static final int SUGGESTED = 4;

    private final UsableMetrics usable;
    private final DeclaredMetrics declared;
    private final Set<Task> tasks;
    private final Set<Part> parts;
    private final Problems problems;
    private final KnownMetrics known;

    /**
     * Names for some data.
     *
     * @param usable what plugins measure
     * @param declared what trainers report
     * @param tasks of all data; empty: they could not be opened, and nothing is said of what does not fit them
     * @param parts those that all cells have
     */
    MetricNames(UsableMetrics usable, DeclaredMetrics declared, Set<Task> tasks, Set<Part> parts, Problems problems) {
        this.usable = usable;
        this.declared = declared;
        this.tasks = Set.copyOf(tasks);
        this.parts = Set.copyOf(parts);
        this.problems = problems;
        this.known = new KnownMetrics(measured(), declared.all());
    }

    private Metrics measured() {
        return usable.metrics();
    }

    /** The part that a bare name means. */
    Part part() {
        return parts.contains(Part.TEST) ? Part.TEST : Part.TRAIN;
    }

    /** What is known of all of them. */
    KnownMetrics known() {
        return known;
    }

    /** Which way a metric is better by its nature. */
    Optional<Goal> goal(MeasuredMetric metric) {
        return known.goal(metric.toString());
    }

    /** A metric to compare; a bare name is of the test part where there is one. */
    Optional<MeasuredMetric> compared(Word word) {
        if (isReported(word.text())) {
            return reported(word);
        }
        if (parts.isEmpty() && !declared.complete()) {
            // a trainer that could not be bound may declare it, and nothing else is there
            return Optional.empty();
        }
        Optional<MeasuredMetric> metric = find(word, part());
        if (metric.isPresent() && (lacks(metric.get(), word) || isUnmeasured(metric.get(), word))) {
            return Optional.empty();
        }
        return metric.filter(found -> fits(found, word));
    }

    /** Whether there is no model to measure on that part, which is reported. */
    private boolean isUnmeasured(MeasuredMetric metric, Word word) {
        if (!declared.areAll() || metric.part().filter(Part.TEST::equals).isPresent()) {
            return false;
        }
        List<String> own = new ArrayList<>(declared.common());
        if (parts.contains(Part.TEST)) {
            own.add(MeasuredMetric.of(Part.TEST, metric.name()).toString());
        }
        problems.add(Problem.error(
                        word.at(),
                        "there is no model to measure " + word.text() + " of: trainers here report what they measured"
                                + (parts.contains(Part.TEST) ? ", or what they predicted for the test part" : ""))
                .suggesting(own.isEmpty() ? "" : "compare " + String.join(" or ", own)));
        return true;
    }

    private boolean isReported(String name) {
        return declared.has(name) && (areReported() || measured().find(name).isEmpty());
    }

    /** Whether trainers report all there is: there are no rows to measure on, or no model to measure. */
    boolean areReported() {
        return parts.isEmpty() || declared.areAll();
    }

    /** Whether nothing else can be compared, and variants have no metric in common. */
    boolean haveNothingInCommon() {
        return areReported() && declared.complete() && declared.common().isEmpty() && !parts.contains(Part.TEST);
    }

    /** The metrics of trainers that report all there are; empty if data are measured, too. */
    List<MeasuredMetric> all() {
        return areReported()
                ? declared.common().stream().map(MeasuredMetric::reported).toList()
                : List.of();
    }

    /** Whether there is no such part, which is reported. */
    private boolean lacks(MeasuredMetric metric, Word word) {
        if (metric.part().isEmpty() || parts.contains(metric.part().get())) {
            return false;
        }
        if (parts.isEmpty()) {
            List<String> own = declared.common();
            problems.add(Problem.error(
                            word.at(), "there are no rows to measure " + word.text() + " on, as the dataset has none")
                    .suggesting(own.isEmpty() ? "" : "there are " + String.join(", ", own)));
            return true;
        }
        boolean test = metric.part().get() == Part.TEST;
        problems.add(Problem.error(
                        word.at(),
                        "there is no " + (test ? "test" : "validation") + " part to measure " + word.text() + " on"
                                + (parts.contains(Part.TEST) ? "" : ": every row is trained on"))
                .suggesting("did you mean '" + MeasuredMetric.of(part(), metric.name()) + "'?")
                .noting("to hold rows back: data: { split: { test: 0.2" + (test ? "" : ", validation: 0.2") + " } }"));
        return true;
    }

    private Optional<MeasuredMetric> reported(Word word) {
        Optional<VariantPlan> without = declared.without(word.text());
        if (without.isPresent()) {
            VariantPlan variant = without.get();
            problems.add(Problem.error(
                            word.at(),
                            "variant '" + variant.name() + "' has no " + word.text() + ": the options of trainer '"
                                    + variant.trainer().plugin() + "' declare no such metric")
                    .suggesting("compare what every variant has"));
            return Optional.empty();
        }
        return Optional.of(MeasuredMetric.reported(word.text()));
    }

    /** A metric to stop by; a bare name is of the training part. */
    Optional<MeasuredMetric> watched(Word word) {
        if (parts.isEmpty()) {
            // reported with all else that is about rows
            return Optional.empty();
        }
        if (declared.areAll()) {
            problems.add(Problem.error(
                            word.at(),
                            "stop.when must be measured at every step, and here trainers report what they have measured"
                                    + " themselves")
                    .suggesting("leave out stop: the trainer says when it has learned enough"));
            return Optional.empty();
        }
        if (isReported(word.text())) {
            problems.add(Problem.error(
                            word.at(),
                            "stop.when must be measured at every step, got " + word.text()
                                    + ", which the trainer reports when it has it")
                    .suggesting("write "
                            + MeasuredMetric.of(
                                    Part.TRAIN,
                                    tasks.contains(Task.CLASSES) ? MeasuredMetric.LOG_LOSS : MeasuredMetric.MSE)));
            return Optional.empty();
        }
        Optional<MeasuredMetric> metric = find(word, Part.TRAIN);
        if (metric.isPresent() && metric.get().part().equals(Optional.of(Part.TEST))) {
            boolean validated = parts.contains(Part.VALIDATION);
            MeasuredMetric other = MeasuredMetric.of(
                    validated ? Part.VALIDATION : Part.TRAIN, metric.get().name());
            problems.add(Problem.error(
                            word.at(),
                            "stop.when must be of the training or the validation part, got " + word.text()
                                    + ": stopping by the test part leaks it into what is trained")
                    .suggesting("write " + other
                            + (validated ? "" : ", or hold rows back to stop by: data.split.validation: 0.2")));
            return Optional.empty();
        }
        if (metric.isPresent() && lacks(metric.get(), word)) {
            return Optional.empty();
        }
        return metric.filter(found -> fits(found, word));
    }

    private Optional<MeasuredMetric> find(Word word, Part bare) {
        String text = word.text();
        int slash = text.indexOf('/');
        String name = text.substring(slash + 1);
        Optional<Part> part = slash < 0
                ? Optional.of(bare)
                : Stream.of(Part.values())
                        .filter(each -> each.prefix().equals(text.substring(0, slash + 1)))
                        .findFirst();
        Optional<String> unusable = part.flatMap(any -> usable.reason(name));
        if (unusable.isPresent()) {
            problems.add(Problem.error(word.at(), unusable.get()));
            return Optional.empty();
        }
        if (part.isEmpty() || measured().find(name).isEmpty()) {
            reportUnknown(word, slash < 0);
            return Optional.empty();
        }
        return part.map(of -> MeasuredMetric.of(of, name));
    }

    private void reportUnknown(Word word, boolean bare) {
        List<Part> there = Stream.of(Part.values()).filter(parts::contains).toList();
        List<String> kinds = measured().all().stream()
                .filter(this::fits)
                .map(BoundMetric::name)
                .toList();
        List<String> names = there.stream()
                .flatMap(part -> kinds.stream().map(kind -> part.prefix() + kind))
                .toList();
        List<String> own = declared.common();
        String measured = there.size() > 1
                ? String.join(", ", kinds) + ", each of "
                        + listed(there.stream().map(Part::prefix).toList(), "and")
                : String.join(", ", names);
        String listed = Stream.of(measured, String.join(", ", own))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; and "));
        List<String> meant = Stream.concat((bare && !there.isEmpty() ? kinds : names).stream(), own.stream())
                .toList();
        if (bare
                && !declared.complete()
                && Suggestion.nearest(word.text(), meant).isEmpty()) {
            // a trainer that could not be bound may declare it
            return;
        }
        problems.add(Suggestion.unknown(word.at(), "no metric", word.text(), "there are " + listed, meant));
    }

    private boolean fits(MeasuredMetric metric, Word word) {
        Optional<BoundMetric> found = measured().find(metric.name());
        boolean fits = found.filter(this::fits).isPresent();
        if (!fits) {
            boolean oneNumber = tasks.contains(Task.CLASSES)
                    && found.filter(known -> known.fits(Task.BINARY_CLASSIFICATION))
                            .isPresent();
            boolean needsClasses = !oneNumber
                    && found.filter(known -> known.fits(Task.BINARY_CLASSIFICATION))
                            .isPresent();
            String prefix = metric.part().map(Part::prefix).orElse("");
            problems.add(Problem.error(
                            word.at(),
                            metric
                                    + (oneNumber
                                            ? " needs a number as the answer, and the target has three classes or more"
                                            : needsClasses
                                                    ? " needs classes, and the target is any number"
                                                    : " needs a target of any number, and the target is a class"))
                    .suggesting("choose "
                            + listed(
                                    measured().all().stream()
                                            .filter(this::fits)
                                            .filter(known -> known.goal().isPresent())
                                            .limit(SUGGESTED)
                                            .map(known -> prefix + known.name())
                                            .toList(),
                                    "or")));
        }
        return fits;
    }

    /** {@code a, b or c}. */
    private static String listed(List<String> names, String before) {
        if (names.isEmpty()) {
            return "another metric";
        }
        return names.stream().limit(names.size() - 1L).collect(Collectors.joining(", "))
                + (names.size() > 1 ? " " + before + " " : "")
                + names.get(names.size() - 1);
    }

    private boolean fits(BoundMetric metric) {
        return tasks.stream().allMatch(metric::fits);
    }
}
