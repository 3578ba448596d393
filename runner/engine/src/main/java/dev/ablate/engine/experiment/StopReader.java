package dev.ablate.engine.experiment;

import dev.ablate.engine.experiment.Spec.Word;
import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.yaml.Reading;
import dev.ablate.engine.yaml.Setting;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads {@code stop}; what is wrong is reported, and then there is no rule. */
final class StopReader {

    private static final List<String> CONDITIONS = List.of("stop.below", "stop.above", "stop.no_better_for");
    private static final String ONE = "give one of below, above and no_better_for";

    private final Layers layers;
    private final Problems problems;

    StopReader(Layers layers, Problems problems) {
        this.layers = layers;
        this.problems = problems;
    }

    Optional<Stop> read() {
        Optional<Position> at = layers.container("stop");
        if (at.isEmpty()) {
            return Optional.empty();
        }
        Optional<Setting> when = layers.leaf("stop.when");
        if (when.isEmpty()) {
            problems.add(Problem.error(layers.missingAt("stop.when").orElse(at.get()), "stop.when is missing")
                    .suggesting("name a training metric: when: train/mse"));
        }
        Optional<Word> metric = when.flatMap(leaf -> Reading.of(leaf, problems)
                .text()
                .map(text -> new Word(leaf.value().at(), text)));
        List<Setting> given =
                CONDITIONS.stream().flatMap(path -> layers.leaf(path).stream()).toList();
        if (given.isEmpty()) {
            problems.add(Problem.error(at.get(), "stop has no condition").suggesting(ONE));
            return Optional.empty();
        }
        for (Setting further : given.subList(1, given.size())) {
            problems.add(Problem.error(
                            further.keyAt(),
                            further.path() + " cannot go with " + given.get(0).path())
                    .suggesting(ONE + "; null deletes what an extended spec gives"));
        }
        Optional<Stop> stop = given.get(0).path().equals("stop.no_better_for") ? noBetter(metric) : bound(metric);
        return stop.filter(rule -> given.size() == 1);
    }

    private Optional<Stop> bound(Optional<Word> metric) {
        refuse("stop.min_delta", "needs no_better_for: a bound is met or not");
        refuse("stop.keep", "needs no_better_for: a bound has no best step");
        boolean below = layers.leaf("stop.below").isPresent();
        Optional<Double> bound = number(below ? "stop.below" : "stop.above", false);
        Optional<Long> updates = layers.leaf("stop.for").isEmpty() ? Optional.of(0L) : whole("stop.for", 0);
        return metric.flatMap(when ->
                bound.flatMap(value -> updates.map(length -> (Stop) new Stop.Bound(when, below, value, length))));
    }

    private Optional<Stop> noBetter(Optional<Word> metric) {
        refuse("stop.for", "cannot go with no_better_for, which says itself for how long");
        Optional<Long> updates = whole("stop.no_better_for", 1);
        Optional<Double> delta =
                layers.leaf("stop.min_delta").isEmpty() ? Optional.of(0.0) : number("stop.min_delta", true);
        boolean best = layers.leaf("stop.keep")
                .flatMap(leaf -> Reading.of(leaf, problems).word(List.of("last", "best")))
                .equals(Optional.of("best"));
        return metric.flatMap(when ->
                delta.flatMap(value -> updates.map(length -> (Stop) new Stop.NoBetter(when, value, length, best))));
    }

    private void refuse(String path, String reason) {
        boolean several = CONDITIONS.stream()
                        .filter(each -> layers.leaf(each).isPresent())
                        .count()
                > 1;
        Stream.of(path)
                .filter(each -> !several)
                .flatMap(each -> layers.leaf(each).stream())
                .forEach(leaf -> problems.add(
                        Problem.error(leaf.keyAt(), path + " " + reason).suggesting("leave it out")));
    }

    private Optional<Double> number(String path, boolean notNegative) {
        return layers.leaf(path).flatMap(leaf -> {
            Reading reading = Reading.of(leaf, problems);
            return reading.number().filter(value -> {
                boolean refused = notNegative && value < 0;
                if (refused) {
                    reading.refuse("must be 0 or greater, got " + reading.got());
                }
                return !refused;
            });
        });
    }

    private Optional<Long> whole(String path, long least) {
        return layers.leaf(path).flatMap(leaf -> {
            Reading reading = Reading.of(leaf, problems);
            return reading.wholeNumber().filter(value -> {
                if (value < least) {
                    reading.refuse("must be " + least + (least == 1 ? " update" : " updates") + " or more, got "
                            + reading.got());
                }
                return value >= least;
            });
        });
    }
}
