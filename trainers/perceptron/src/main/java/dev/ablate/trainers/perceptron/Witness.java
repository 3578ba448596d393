package dev.ablate.trainers.perceptron;

import dev.ablate.core.data.Examples;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Batches;
import dev.ablate.core.training.Explanation;
import dev.ablate.core.training.Explanation.Row;
import dev.ablate.core.training.Explanation.Rule;
import dev.ablate.core.training.Explanation.Term;
import dev.ablate.core.training.Explanation.Weight;
import dev.ablate.core.training.Loss;
import dev.ablate.core.training.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Remembers one update, and one row of it. */
final class Witness implements Watcher {

    private static final Rule DESCENT = new Rule("dE/do * do/dz * dz/dw", "w - learning_rate * g", 0, 0);
    private static final Rule ROSENBLATT = new Rule("(t - o) * x", "w + learning_rate * g", 0, 0);

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
        Rule rule = options.activation() == Activation.STEP ? ROSENBLATT : DESCENT;
        List<String> names = List.copyOf(before.keySet());
        List<Weight> weights = IntStream.range(0, names.size())
                .mapToObj(i -> new Weight(
                        names.get(i), number(before, names.get(i)), gradient.get(i), 0, number(after, names.get(i))))
                .toList();
        return Optional.of(new Explanation(
                wanted, rows, new Rule(rule.share(), rule.step(), options.learningRate(), 0), weights, row));
    }

    @Override
    public boolean begins(long update, Batches batch, Neuron neuron) {
        present = update == wanted;
        if (present) {
            rows = IntStream.range(0, batch.size()).mapToObj(batch::row).toList();
            before = neuron.parameters();
        }
        return present;
    }

    @Override
    public void row(int index, double z, double answer, double outer, double inner) {
        double pull = outer * inner;
        List<Double> inputs = new ArrayList<>();
        for (double value : examples.row(index)) {
            inputs.add(value);
        }
        if (options.bias()) {
            inputs.add(1.0);
        }
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
                    answer(answer, answer - target),
                    options.activation() == Activation.STEP ? List.of() : factors(outer, inner),
                    shares,
                    List.of()));
        }
    }

    private List<Term> answer(double answer, double error) {
        List<Term> terms = new ArrayList<>();
        terms.add(new Term("o", Formulas.answer(options.activation(), training.decision()), answer, ""));
        terms.add(new Term("e", "o - t", error, ""));
        options.loss().ifPresent(loss -> {
            double all = loss.of(new double[] {answer}, new double[] {answer - error});
            // of a mean, a row is its part
            terms.add(new Term("E", Formulas.loss(loss), loss == Loss.MSE ? all / rows.size() : all, ""));
        });
        return terms;
    }

    private List<Term> factors(double outer, double inner) {
        Gradient gradientTaken = options.gradient().orElseThrow();
        String note = gradientTaken == Gradient.AS_PUBLISHED ? "as published, where the derivative is o * (1 - o)" : "";
        return List.of(
                new Term("dE/do", Formulas.lossSlope(options.loss().orElseThrow()), outer, ""),
                new Term("do/dz", Formulas.slope(gradientTaken, options.activation()), inner, note));
    }

    @Override
    public void gradient(double[] sums) {
        gradient = DoubleStream.of(sums).limit(before.size()).boxed().toList();
    }

    @Override
    public void ends(Neuron neuron) {
        if (present) {
            after = neuron.parameters();
        }
    }

    private static double number(Map<String, Double> parameters, String name) {
        return parameters.getOrDefault(name, Double.NaN);
    }
}
