package dev.ablate.engine.planning;

import dev.ablate.core.data.Task;
import dev.ablate.engine.experiment.Spec.Word;
import dev.ablate.engine.plan.Metric;
import dev.ablate.engine.plan.Metric.Kind;
import dev.ablate.engine.plan.Metric.Part;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.problem.Suggestion;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Looks metrics up by what a spec calls them, and reports those that there are not. */
final class MetricNames {

    private final Set<Task> tasks;
    private final boolean split;
    private final Problems problems;

    /**
     * Names for some data.
     *
     * @param tasks of all data; empty: they could not be opened, and nothing is said of what does not fit them
     * @param split whether there is a test part
     */
    MetricNames(Set<Task> tasks, boolean split, Problems problems) {
        this.tasks = Set.copyOf(tasks);
        this.split = split;
        this.problems = problems;
    }

    /** The part that a bare name means. */
    Part part() {
        return split ? Part.TEST : Part.TRAIN;
    }

    /** A metric to compare; a bare name is of the test part where there is one. */
    Optional<Metric> compared(Word word) {
        Optional<Metric> metric = find(word, part());
        if (metric.isPresent() && metric.get().part() == Part.TEST && !split) {
            Metric trained = new Metric(Part.TRAIN, metric.get().kind());
            problems.add(Problem.error(
                            word.at(),
                            "there is no test part to measure " + word.text() + " on: every row is trained on")
                    .suggesting("did you mean '" + trained + "'?")
                    .noting("to hold rows back: data: { split: { test: 0.2 } }"));
            return Optional.empty();
        }
        return metric.filter(found -> fits(found, word));
    }

    /** A metric to stop by; a bare name is of the training part. */
    Optional<Metric> watched(Word word) {
        Optional<Metric> metric = find(word, Part.TRAIN);
        if (metric.isPresent() && metric.get().part() == Part.TEST) {
            Metric trained = new Metric(Part.TRAIN, metric.get().kind());
            problems.add(Problem.error(
                            word.at(),
                            "stop.when must be of the training part, got " + word.text()
                                    + ": stopping by the test part leaks it into what is trained")
                    .suggesting("write " + trained));
            return Optional.empty();
        }
        return metric.filter(found -> fits(found, word));
    }

    private Optional<Metric> find(Word word, Part bare) {
        String text = word.text();
        int slash = text.indexOf('/');
        String name = text.substring(slash + 1);
        Optional<Kind> kind = Stream.of(Kind.values())
                .filter(each -> each.word().equals(name))
                .findFirst();
        Optional<Part> part = slash < 0
                ? Optional.of(bare)
                : Stream.of(Part.values())
                        .filter(each -> prefix(each).equals(text.substring(0, slash)))
                        .findFirst();
        if (kind.isEmpty() || part.isEmpty()) {
            problems.add(unknown(word, slash < 0));
            return Optional.empty();
        }
        return Optional.of(new Metric(part.get(), kind.get()));
    }

    private Problem unknown(Word word, boolean bare) {
        List<Part> parts = split ? List.of(Part.values()) : List.of(Part.TRAIN);
        List<String> kinds =
                Stream.of(Kind.values()).filter(this::fits).map(Kind::word).toList();
        List<String> names = parts.stream()
                .flatMap(part -> kinds.stream().map(kind -> prefix(part) + "/" + kind))
                .toList();
        String there = split ? String.join(", ", kinds) + ", each of train/ and test/" : String.join(", ", names);
        return Suggestion.unknown(word.at(), "no metric", word.text(), "there are " + there, bare ? kinds : names);
    }

    private boolean fits(Metric metric, Word word) {
        boolean fits = fits(metric.kind());
        if (!fits) {
            String part = prefix(metric.part());
            problems.add(Problem.error(word.at(), metric + " needs classes, and the target is any number")
                    .suggesting("choose " + part + "/mse, " + part + "/rmse, " + part + "/mae or " + part + "/r2"));
        }
        return fits;
    }

    private boolean fits(Kind kind) {
        return tasks.stream().allMatch(kind::fits);
    }

    private static String prefix(Part part) {
        return part.name().toLowerCase(Locale.ROOT);
    }
}
