package dev.ablate.worker.metric;

import dev.ablate.core.metric.Answers;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** What is measured of the {@link Ranking} of each class, which is sorted once for all metrics and not kept. */
final class RankedClasses {

    private final List<OptionalDouble> aboveOthers = new ArrayList<>();
    private final List<OptionalDouble> averagePrecision = new ArrayList<>();

    private RankedClasses(Answers answers) {
        for (int k = 0; k < answers.perRow(); k++) {
            Ranking ranking = Ranking.of(answers, k);
            aboveOthers.add(ranking.aboveOthers());
            averagePrecision.add(ranking.averagePrecision());
        }
    }

    static RankedClasses of(Answers answers) {
        return answers.derived(RankedClasses.class, RankedClasses::new);
    }

    /** See {@link Ranking#aboveOthers}. */
    OptionalDouble aboveOthers() {
        return mean(aboveOthers);
    }

    /** See {@link Ranking#averagePrecision}. */
    OptionalDouble averagePrecision() {
        return mean(averagePrecision);
    }

    /** Of two classes that of the second, else the mean over all classes of which it is defined; empty if of none. */
    private static OptionalDouble mean(List<OptionalDouble> ofClasses) {
        return ofClasses.stream()
                .flatMapToDouble(
                        value -> value.isPresent() ? DoubleStream.of(value.getAsDouble()) : DoubleStream.empty())
                .average();
    }
}
