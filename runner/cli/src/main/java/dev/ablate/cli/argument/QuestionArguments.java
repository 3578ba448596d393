package dev.ablate.cli.argument;

import dev.ablate.core.metric.Goal;
import dev.ablate.core.metric.MetricRange;
import dev.ablate.engine.compare.Measure;
import dev.ablate.engine.compare.Measure.Margin;
import dev.ablate.engine.compare.Question;
import dev.ablate.engine.compare.source.QuestionSource;
import dev.ablate.engine.compare.source.Results;
import dev.ablate.engine.plan.Across;
import dev.ablate.engine.plan.KnownMetrics;
import dev.ablate.engine.plan.TestChoice;
import dev.ablate.engine.problem.RequestException;
import dev.ablate.engine.problem.Suggestion;
import dev.ablate.worker.spec.MeasuredMetric;
import dev.ablate.worker.spec.MeasuredMetric.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is asked of runs that no spec speaks for. */
public final class QuestionArguments implements QuestionSource {

    /** Of each the first that there is: three classes and more have no squared error. */
    private static final List<List<String>> UNASKED =
            List.of(List.of(MeasuredMetric.ACCURACY), List.of(MeasuredMetric.MSE, MeasuredMetric.LOG_LOSS));

    @Option(
            names = "--baseline",
            paramLabel = "NAME",
            description = "the variant that the others are compared with; by default the first")
    private @Nullable String baseline;

    @Option(
            names = "--metric",
            paramLabel = "NAME:GOAL",
            description =
                    "compare this one, and whether to minimize (min) or to maximize (max) it (which Ablate's own need not say); may be repeated")
    private List<String> asked = new ArrayList<>();

    @Option(
            names = "--cell",
            paramLabel = "COLUMN",
            description =
                    "compare each value of this column by itself, beside those of trainer., data. and dataset. columns")
    private List<String> cells = new ArrayList<>();

    @Option(
            names = "--across",
            paramLabel = "COLUMN",
            description =
                    "the values of this column are data sets: give one answer over all of them, by --test wilcoxon (default), sign or paired-permutation")
    private @Nullable String across;

    @Option(
            names = "--same-within",
            paramLabel = "[METRIC=]X",
            description =
                    "closer counts as the same: a number, or N%% of the baseline's mean; for one metric, or for all")
    private List<String> margins = new ArrayList<>();

    @Option(
            names = "--test",
            paramLabel = "TEST",
            description = "paired-permutation (default), corrected-resampled-t, paired-t, wilcoxon or sign")
    private @Nullable String test;

    @Option(
            names = "--test-train-ratio",
            paramLabel = "R",
            description = "test rows by training rows, where each seed held back other rows of the same data")
    private @Nullable String ratio;

    @Option(
            names = "--bayes",
            description =
                    "show the probabilities of the correlated Bayesian t test, too, with --same-within as what is practically the same")
    private boolean bayes;

    /** Whether anything was given. */
    public boolean any() {
        return bayes
                || baseline != null
                || across != null
                || test != null
                || ratio != null
                || Stream.of(asked, cells, margins).anyMatch(given -> !given.isEmpty());
    }

    @Override
    public List<String> cells() {
        return Stream.concat(cells.stream(), Stream.ofNullable(across))
                .distinct()
                .toList();
    }

    @Override
    public Optional<String> across() {
        return Optional.ofNullable(across);
    }

    @Override
    public List<Measure> measures(List<String> known, Supplier<List<String>> offered, KnownMetrics metrics) {
        List<Measure> measures = new ArrayList<>();
        for (String metric : asked) {
            Measure measure = measure(metric, known, offered, metrics);
            if (measures.stream().anyMatch(other -> other.name().equals(measure.name()))) {
                throw new RequestException("--metric " + metric + ": " + measure.name() + " is given twice");
            }
            measures.add(measure);
        }
        if (asked.isEmpty()) {
            for (List<String> unasked : UNASKED) {
                unasked.stream()
                        .flatMap(metric -> Stream.of(Part.TEST, Part.VALIDATION, Part.TRAIN)
                                .map(part -> MeasuredMetric.of(part, metric).toString()))
                        .filter(known::contains)
                        .findFirst()
                        .ifPresent(name -> metrics.goal(name)
                                .ifPresent(goal -> measures.add(new Measure(name, goal, margin(name, metrics)))));
            }
        }
        if (measures.isEmpty()) {
            throw new RequestException("--metric is missing: say what to compare, such as --metric accuracy:maximize\n"
                    + "    there are: " + String.join(", ", offered.get()));
        }
        for (String margin : margins) {
            String name = margin.substring(0, Math.max(0, margin.lastIndexOf('=')));
            if (!name.isEmpty()
                    && measures.stream().noneMatch(measure -> measure.name().equals(name))) {
                throw new RequestException("--same-within " + margin + ": " + name + " is not compared");
            }
        }
        return measures;
    }

    @Override
    public Question question(
            String name, Results results, List<Measure> measures, KnownMetrics metrics, OptionalDouble overlap) {
        List<String> variants = results.variants();
        String against = baseline == null ? variants.get(0) : baseline;
        if (!variants.contains(against)) {
            throw new RequestException("--baseline: " + unknown("variant", against, variants));
        }
        OptionalDouble shared = ratio == null ? overlap : OptionalDouble.of(positive(ratio));
        Question question = new Question(
                name,
                variants,
                against,
                results.cells(),
                results.pairs(),
                measures,
                across == null ? test(shared) : fitting(shared),
                shared,
                metrics,
                Map.of(),
                true,
                Optional.ofNullable(across).map(leaf -> new Across(leaf, acrossTest(measures, metrics))),
                results.clusters(),
                bayes);
        if (!results.clusters().areNone()) {
            refuseClusters(question);
        }
        if (bayes) {
            refuseBayes(question, results);
        }
        return question;
    }

    /** The signs of whole clusters can be flipped; no other test of these has a version for clusters. */
    private static void refuseClusters(Question question) {
        if (question.test() != TestChoice.PAIRED_PERMUTATION) {
            throw new RequestException("--cluster-by goes with paired-permutation alone, which flips the signs of whole"
                    + " clusters; " + question.test().word() + " takes every pair for independent");
        }
        if (question.bayes()) {
            throw new RequestException("--bayes does not go with --cluster-by: it takes every pair for independent");
        }
    }

    private static void refuseBayes(Question question, Results results) {
        boolean oneSplit = results.observations().stream()
                .anyMatch(run ->
                        run.split().equals(Optional.of("")) && run.testRows().orElse(0) > 0);
        if (oneSplit) {
            throw new RequestException("--bayes takes pairs for draws of what a split may be, and here one split is the"
                    + " same for every seed");
        }
        if (question.folds() > 0 && question.ratio().isEmpty()) {
            throw new RequestException("--bayes needs --test-train-ratio where there are folds: test rows by training"
                    + " rows, such as 0.25 with five folds");
        }
    }

    private static TestChoice fitting(OptionalDouble overlap) {
        return overlap.isPresent() ? TestChoice.CORRECTED_RESAMPLED_T : TestChoice.PAIRED_PERMUTATION;
    }

    /** Over data sets; each by itself is compared by what fits its runs. */
    private TestChoice acrossTest(List<Measure> measures, KnownMetrics metrics) {
        TestChoice chosen = test == null ? Across.TESTS.get(0) : named(test);
        if (!Across.TESTS.contains(chosen)) {
            throw new RequestException(
                    "--test with --across: " + Across.refused(chosen) + "; write --test wilcoxon or sign");
        }
        if (chosen == TestChoice.PAIRED_PERMUTATION) {
            measures.stream()
                    .map(Measure::name)
                    .filter(metric -> !metrics.isWithoutUnit(metric))
                    .findFirst()
                    .ifPresent(metric -> {
                        throw new RequestException(
                                "--test with --across: " + Across.refused(metric) + "; write --test wilcoxon or sign");
                    });
        }
        return chosen;
    }

    private TestChoice test(OptionalDouble overlap) {
        if (test == null) {
            return fitting(overlap);
        }
        TestChoice chosen = named(test);
        if (chosen == TestChoice.PAIRED_T && overlap.isPresent()) {
            throw new RequestException(
                    "--test paired-t: the splits of two seeds share rows, so pairs are not independent and it"
                            + " finds differences that are not there; write --test corrected-resampled-t");
        }
        if (chosen == TestChoice.CORRECTED_RESAMPLED_T && overlap.isEmpty()) {
            throw new RequestException(
                    "--test corrected-resampled-t needs --test-train-ratio: test rows by training rows, such as"
                            + " 0.25 where a fifth is held back");
        }
        return chosen;
    }

    private static TestChoice named(String word) {
        return Stream.of(TestChoice.values())
                .filter(choice -> choice.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new RequestException("--test: "
                        + unknown(
                                "test",
                                word,
                                Stream.of(TestChoice.values())
                                        .map(TestChoice::word)
                                        .toList())));
    }

    private static double positive(String text) {
        double number = number(text);
        if (!(number > 0)) {
            throw new RequestException("--test-train-ratio must be a number above 0, got '" + text + "'");
        }
        return number;
    }

    /** NaN if it is none. */
    private static double number(String text) {
        return text.matches("[0-9]*\\.?[0-9]+([eE][+-]?[0-9]{1,3})?|[0-9]+\\.") ? Double.parseDouble(text) : Double.NaN;
    }

    private Measure measure(String text, List<String> known, Supplier<List<String>> offered, KnownMetrics metrics) {
        int colon = text.lastIndexOf(':');
        String word = text.substring(colon + 1);
        Optional<Goal> goal = colon > 0 ? Goal.of(word) : Optional.empty();
        if (colon > 0 && goal.isEmpty() && !known.contains(text) && known.contains(text.substring(0, colon))) {
            throw new RequestException(
                    "--metric " + text + ": no goal '" + word + "'; it is minimize or maximize (or min, max)");
        }
        String name = goal.isPresent() ? text.substring(0, colon) : text;
        if (!known.contains(name)) {
            throw new RequestException("--metric: " + unknown("metric", name, offered.get()));
        }
        return new Measure(
                name,
                goal.or(() -> metrics.goal(name))
                        .orElseThrow(() -> new RequestException("--metric " + text + ": say which way is better: "
                                + name + ":minimize or " + name + ":maximize")),
                margin(name, metrics));
    }

    private Optional<Margin> margin(String metric, KnownMetrics metrics) {
        Optional<Margin> found = Optional.empty();
        for (String text : margins) {
            int equals = text.lastIndexOf('=');
            if (equals >= 0 && !text.substring(0, equals).equals(metric)) {
                continue;
            }
            String amount = text.substring(equals + 1);
            boolean percent = amount.endsWith("%");
            double value = number(percent ? amount.substring(0, amount.length() - 1) : amount);
            if (Double.isNaN(value)) {
                throw new RequestException(
                        "--same-within must be a number of 0 or more, or per cent, got '" + amount + "'");
            }
            if (percent && metrics.range(metric).filter(MetricRange::endsAt1).isPresent()) {
                throw new RequestException("--same-within of " + metric
                        + " must be a number, got per cent of what is a share already; write a number, such as 0.02");
            }
            found = Optional.of(new Margin(value, percent));
        }
        return found;
    }

    private static String unknown(String what, String name, List<String> known) {
        return Suggestion.unknown("no " + what, name, known, "there are");
    }
}
