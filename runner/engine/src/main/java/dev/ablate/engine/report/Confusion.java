package dev.ablate.engine.report;

import dev.ablate.core.data.Examples;
import dev.ablate.core.training.Decision;
import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.model.Predictor;
import dev.ablate.engine.model.RunModel;
import dev.ablate.engine.train.Outcome;
import dev.ablate.worker.data.RunData;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which class the models of a group took for which, over all of its runs.
 *
 * @param group whose
 * @param part {@code test} where rows are held back, else {@code train}
 * @param runs how many runs there are
 * @param classes what the data call the classes, in the order of their codes, {@code [k]}
 * @param counts rows by their class, then by the class that they were taken for, {@code [k]} of {@code [k]}
 * @param tie of two classes what a tie, an answer that is the threshold itself, was taken for: 0 or 1
 * @param ties how many rows of each class that is, {@code [k]}; none of three classes and more
 * @param never in how many runs no row was taken for a class of which at least five rows are there, {@code [k]}
 * @param alike in how many runs all rows were taken for one class
 */
public record Confusion(
        Group group,
        String part,
        int runs,
        List<String> classes,
        List<List<Long>> counts,
        int tie,
        List<Long> ties,
        List<Integer> never,
        int alike) {

    /** Of fewer rows of a class that no answer is of it says little. */
    private static final int FEW = 5;

    /** Copies the lists. */
    public Confusion {
        classes = List.copyOf(classes);
        counts = counts.stream().map(List::copyOf).toList();
        ties = List.copyOf(ties);
        never = List.copyOf(never);
    }

    /**
     * Asks the models of a group's finished runs, of which there is at least one, about the part that counts.
     *
     * @return empty where a run has no model
     */
    public static Optional<Confusion> of(Group group, Comparison comparison) {
        List<Outcome> runs = group.finished(comparison);
        List<String> classes = runs.get(0).run().dataset().classes();
        Counting counting = new Counting(classes.size());
        for (Outcome run : runs) {
            Optional<RunModel> model = comparison.models().apply(run);
            if (model.isEmpty()) {
                return Optional.empty();
            }
            counting.add(run, model.get());
        }
        RunData data = RunData.of(runs.get(0).run().context());
        return Optional.of(new Confusion(
                group,
                data.test().isPresent() ? "test" : "train",
                runs.size(),
                classes,
                Arrays.stream(counting.counts)
                        .map(row -> Arrays.stream(row).boxed().toList())
                        .toList(),
                runs.get(0).run().decision().tie(),
                Arrays.stream(counting.ties).boxed().toList(),
                Arrays.stream(counting.never).boxed().toList(),
                counting.alike));
    }

    /** Rows of a class that were taken for one. */
    public long count(int target, int answer) {
        return counts.get(target).get(answer);
    }

    /** Rows of a class. */
    public long rows(int k) {
        return counts.get(k).stream().mapToLong(Long::longValue).sum();
    }

    /** Rows that were taken for a class. */
    public long answered(int k) {
        return counts.stream().mapToLong(row -> row.get(k)).sum();
    }

    /** Of the rows that were taken for a class, the share that is of it; 0 where there are none. */
    public double precision(int k) {
        return share(count(k, k), answered(k));
    }

    /** Of the rows of a class, the share that was taken for it; 0 where there are none. */
    public double recall(int k) {
        return share(count(k, k), rows(k));
    }

    /** The harmonic mean of precision and recall of a class; 0 where both are. */
    public double f1(int k) {
        return share(2 * count(k, k), rows(k) + answered(k));
    }

    private static double share(long some, long all) {
        return all == 0 ? 0 : (double) some / all;
    }

    /** Counts run by run. */
    private static final class Counting {

        private final long[][] counts;
        private final long[] ties;
        private final int[] never;
        private int alike;

        Counting(int classes) {
            this.counts = new long[classes][classes];
            this.ties = new long[classes];
            this.never = new int[classes];
        }

        void add(Outcome run, RunModel model) {
            RunData data = RunData.of(run.run().context());
            Examples part = data.test().orElse(data.train());
            List<List<Double>> answers = Predictor.ofColumns(run.run().features(), model)
                    .answers(IntStream.range(0, part.size())
                            .mapToObj(
                                    row -> Arrays.stream(part.row(row)).boxed().toList())
                            .toList());
            Decision decision = run.run().decision();
            int classes = counts.length;
            int[] rows = new int[classes];
            int[] answered = new int[classes];
            for (int row = 0; row < part.size(); row++) {
                int target = (int) part.target(row);
                int answer = decision.classOf(answers.get(row));
                counts[target][answer]++;
                rows[target]++;
                answered[answer]++;
                if (classes == 2 && decision.isTie(answers.get(row).get(0))) {
                    ties[target]++;
                }
            }
            for (int k = 0; k < classes; k++) {
                never[k] += rows[k] >= FEW && answered[k] == 0 ? 1 : 0;
                alike += answered[k] == part.size() ? 1 : 0;
            }
        }
    }
}
