package dev.ablate.trainers.perceptron;

import dev.ablate.core.data.Examples;
import dev.ablate.core.dense.Shape;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Batches;
import dev.ablate.core.training.Explanation;
import dev.ablate.core.training.Explanation.Neuron;
import dev.ablate.core.training.Explanation.Row;
import dev.ablate.core.training.Explanation.Rule;
import dev.ablate.core.training.Explanation.Term;
import dev.ablate.core.training.Explanation.Weight;
import dev.ablate.core.training.Loss;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Remembers one update, and one row of it. */
final class Witness implements Watcher {

    private final PerceptronOptions options;
    private final Training training;
    private final Examples examples;
    private final long wanted;
    private final int wantedRow;

    private boolean present;
    private List<Integer> rows = List.of();
    private Map<String, Double> before = Map.of();
    private Map<String, Double> after = Map.of();

    /** One a weight, the bias last, if there is one. */
    private List<Double> gradient = List.of();

    private Optional<Row> row = Optional.empty();

    Witness(PerceptronOptions options, Training training, long update, int row) {
        this.options = options;
        this.training = training;
        this.examples = training.examples();
        this.wanted = update;
        this.wantedRow = row;
    }

    /** What was seen; empty if the update was not made. */
    Optional<Explanation> explanation() {
        if (after.isEmpty()) {
            return Optional.empty();
        }
        List<String> names = List.copyOf(before.keySet());
        List<Weight> weights = IntStream.range(0, names.size())
                .mapToObj(i -> new Weight(
                        names.get(i), number(before, names.get(i)), gradient.get(i), 0, number(after, names.get(i))))
                .toList();
        Rule rule = options.loss()
                .map(loss -> new Rule(Formulas.share(loss), "w - learning_rate * g", options.learningRate(), 0))
                .orElseGet(() -> new Rule("(t - o) * x", "w + learning_rate * g", options.learningRate(), 0));
        return Optional.of(new Explanation(wanted, rows, rule, weights, row));
    }

    @Override
    public boolean begins(long update, Batches batch, Model model) {
        present = update == wanted;
        if (present) {
            rows = IntStream.range(0, batch.size()).mapToObj(batch::row).toList();
            before = model.parameters();
        }
        return present;
    }

    @Override
    public void row(int index, double z, double answer, double outer, double inner) {
        double pull = outer * inner;
        List<Double> inputs = inputs(index);
        List<Double> shares = inputs.stream().map(input -> pull * input).toList();
        if (options.activation() == Activation.STEP) {
            gradient = shares;
        }
        if (index == wantedRow) {
            double target = examples.target(index);
            row = Optional.of(new Row(
                    index,
                    target,
                    inputs,
                    z,
                    answer(answer, target),
                    options.activation() == Activation.STEP ? List.of() : factors(outer, inner),
                    shares,
                    List.of()));
        }
    }

    /** What is weighed: the row, and 1 for the bias. */
    private List<Double> inputs(int index) {
        List<Double> inputs = new ArrayList<>();
        for (double value : examples.row(index)) {
            inputs.add(value);
        }
        if (options.bias()) {
            inputs.add(1.0);
        }
        return inputs;
    }

    @Override
    public void classes(int index, double[] sums, double[] answers, double[] pulls) {
        if (index != wantedRow) {
            return;
        }
        Shape shape = options.layers().shape(training.schema(), options.activation());
        int own = (int) examples.target(index);
        List<Double> inputs = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        for (double input : inputs(index)) {
            for (double pull : pulls) {
                inputs.add(input);
                shares.add(pull * input);
            }
        }
        List<Neuron> neurons = new ArrayList<>();
        for (int k = 0; k < sums.length; k++) {
            int unit = k;
            neurons.add(new Neuron(
                    shape.unitName(0, k),
                    sums[k],
                    Formulas.ofClass(answers[k], k == own, pulls[k]),
                    IntStream.range(0, inputs.size() / sums.length)
                            .mapToObj(input -> input * sums.length + unit)
                            .toList()));
        }
        row = Optional.of(new Row(
                index,
                own,
                inputs,
                sums[own],
                Formulas.answerOfClass(answers[own], rows.size()),
                List.of(Formulas.sumSlope(pulls[own], true)),
                shares,
                neurons));
    }

    private List<Term> answer(double answer, double target) {
        List<Term> terms = new ArrayList<>();
        terms.add(new Term("o", Formulas.answer(options.activation(), training.decision()), answer, ""));
        terms.add(new Term("e", "o - t", answer - target, ""));
        options.loss().ifPresent(loss -> {
            double all = loss.of(new double[] {answer}, new double[] {target});
            // of a mean, a row is its part
            boolean mean = loss == Loss.MSE || loss == Loss.CROSS_ENTROPY;
            terms.add(new Term("E", Formulas.loss(loss, target), mean ? all / rows.size() : all, ""));
        });
        return terms;
    }

    private List<Term> factors(double outer, double inner) {
        Loss loss = options.loss().orElseThrow();
        if (loss.isBySum()) {
            return List.of(Formulas.sumSlope(outer, false));
        }
        Gradient gradientTaken = options.gradient().orElseThrow();
        String note = gradientTaken == Gradient.AS_PUBLISHED ? "as published, where the derivative is o * (1 - o)" : "";
        return List.of(
                new Term("dE/do", Formulas.lossSlope(loss), outer, ""),
                new Term("do/dz", Formulas.slope(gradientTaken, options.activation()), inner, note));
    }

    @Override
    public void gradient(double[] sums) {
        gradient = DoubleStream.of(sums).limit(before.size()).boxed().toList();
    }

    @Override
    public void ends(Model model) {
        if (present) {
            after = model.parameters();
        }
    }

    private static double number(Map<String, Double> parameters, String name) {
        return parameters.getOrDefault(name, Double.NaN);
    }
}
