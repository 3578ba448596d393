package dev.ablate.trainers.mlp;

import dev.ablate.core.dense.Shape;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Batches;
import dev.ablate.core.training.Explanation;
import dev.ablate.core.training.Explanation.Row;
import dev.ablate.core.training.Explanation.Rule;
import dev.ablate.core.training.Explanation.Term;
import dev.ablate.core.training.Explanation.Weight;
import dev.ablate.core.training.Loss;
import dev.ablate.core.training.Training;
import dev.ablate.trainers.perceptron.Formulas;
import dev.ablate.trainers.perceptron.Gradient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Remembers one update, and one row of it. */
final class MlpWitness implements MlpWatcher {

    private static final String FED = "sum of dE/dz * w of the neurons that it feeds";

    private final MlpOptions options;
    private final Training training;
    private final long wanted;
    private final int wantedRow;
    private final Loss loss;
    private final Shape shape;
    private final List<Neurons> layers;
    private final boolean biased;

    private boolean present;
    private List<Integer> rows = List.of();
    private Map<String, Double> before = Map.of();
    private Map<String, Double> after = Map.of();
    private List<Double> penalties = List.of();
    private List<Double> sums = List.of();
    private Optional<Row> row = Optional.empty();

    MlpWitness(MlpOptions options, Training training, MlpNetwork network, long update, int row) {
        this.options = options;
        this.training = training;
        this.wanted = update;
        this.wantedRow = row;
        this.loss = options.descent().loss();
        this.shape = network.shape();
        this.layers = network.neurons();
        this.biased = network.biased();
    }

    /** A number of a weight; the bias is the weight of one more input. */
    private interface OfWeight {
        double number(int layer, int input, int unit);
    }

    /** What was seen; empty if the update was not made. */
    Optional<Explanation> explanation() {
        if (after.isEmpty()) {
            return Optional.empty();
        }
        List<String> names = List.copyOf(before.keySet());
        List<Weight> weights = IntStream.range(0, names.size())
                .mapToObj(i -> new Weight(
                        names.get(i),
                        number(before, names.get(i)),
                        sums.get(i),
                        penalties.get(i),
                        number(after, names.get(i))))
                .toList();
        String share = layers.size() == 1 ? Formulas.share(loss) : Formulas.OF_SUM;
        Rule rule = new Rule(
                share,
                "w - learning_rate * g",
                options.descent().learningRate(),
                options.layers().l2());
        return Optional.of(new Explanation(wanted, rows, rule, weights, row));
    }

    @Override
    public boolean begins(long update, Batches batch, MlpNetwork network) {
        present = update == wanted;
        if (present) {
            rows = IntStream.range(0, batch.size()).mapToObj(batch::row).toList();
            before = network.parameters();
            penalties = each((layer, input, unit) -> {
                Neurons neurons = layers.get(layer);
                return input < neurons.inputs()
                        ? options.layers().l2() * neurons.number(neurons.weights, input, unit)
                        : 0;
            });
        }
        return present;
    }

    @Override
    public void row(int index, Forward forward, Slopes slopes) {
        if (index != wantedRow) {
            return;
        }
        int last = layers.size() - 1;
        double target = training.examples().target(index);
        int own = shape.outputs() == 1 ? 0 : (int) target;
        row = Optional.of(new Row(
                index,
                target,
                each((layer, input, unit) -> input(forward, layer, input)),
                forward.sums[last][own],
                end(forward, target),
                factors(slopes, last, own),
                each((layer, input, unit) -> slopes.ofSum[layer][unit] * input(forward, layer, input)),
                last == 0 && shape.outputs() == 1 ? List.of() : neurons(forward, slopes, target)));
    }

    private List<Term> end(Forward forward, double target) {
        double[] answers = forward.inputs[layers.size()];
        if (answers.length > 1) {
            return Formulas.answerOfClass(answers[(int) target], rows.size());
        }
        double all = loss.of(answers, new double[] {target});
        // of a mean, a row is its part
        boolean mean = loss == Loss.MSE || loss == Loss.CROSS_ENTROPY;
        return List.of(
                answer(forward, layers.size() - 1, 0),
                new Term("e", "o - t", answers[0] - target, ""),
                new Term("E", Formulas.loss(loss, target), mean ? all / rows.size() : all, ""));
    }

    private List<Explanation.Neuron> neurons(Forward forward, Slopes slopes, double target) {
        List<Explanation.Neuron> neurons = new ArrayList<>();
        int first = 0;
        for (int layer = 0; layer < layers.size(); layer++) {
            int units = layers.get(layer).units();
            int weights = weighed(layer);
            for (int unit = 0; unit < units; unit++) {
                int begin = first + unit;
                neurons.add(new Explanation.Neuron(
                        shape.unitName(layer, unit),
                        forward.sums[layer][unit],
                        terms(forward, slopes, layer, unit, target),
                        IntStream.range(0, weights)
                                .mapToObj(input -> begin + input * units)
                                .toList()));
            }
            first += weights * units;
        }
        return neurons;
    }

    private List<Term> terms(Forward forward, Slopes slopes, int layer, int unit, double target) {
        boolean last = layer == layers.size() - 1;
        if (last && shape.outputs() > 1) {
            return Formulas.ofClass(forward.inputs[layer + 1][unit], unit == target, slopes.ofSum[layer][unit]);
        }
        List<Term> terms = new ArrayList<>(List.of(answer(forward, layer, unit)));
        terms.addAll(factors(slopes, layer, unit));
        if (!last || !loss.isBySum()) {
            terms.add(new Term("dE/dz", "dE/do * do/dz", slopes.ofSum[layer][unit], ""));
        }
        return terms;
    }

    private Term answer(Forward forward, int layer, int unit) {
        Activation activation = layers.get(layer).activation;
        return new Term("o", Formulas.answer(activation, training.decision()), forward.inputs[layer + 1][unit], "");
    }

    private List<Term> factors(Slopes slopes, int layer, int unit) {
        boolean last = layer == layers.size() - 1;
        if (last && loss.isBySum()) {
            return List.of(Formulas.sumSlope(slopes.ofSum[layer][unit], shape.outputs() > 1));
        }
        Activation activation = layers.get(layer).activation;
        return List.of(
                new Term("dE/do", last ? Formulas.lossSlope(loss) : FED, slopes.ofError[layer][unit], ""),
                new Term("do/dz", Formulas.slope(Gradient.EXACT, activation), slopes.ofAnswer[layer][unit], ""));
    }

    @Override
    public void sums(Sums made) {
        sums = each((layer, input, unit) -> {
            Neurons neurons = layers.get(layer);
            return input < neurons.inputs()
                    ? neurons.number(made.weights[layer], input, unit)
                    : made.biases[layer][unit];
        });
    }

    @Override
    public void ends(MlpNetwork network) {
        if (present) {
            after = network.parameters();
        }
    }

    /** In the order of {@link MlpNetwork#parameters}. */
    private List<Double> each(OfWeight of) {
        List<Double> numbers = new ArrayList<>();
        for (int layer = 0; layer < layers.size(); layer++) {
            for (int input = 0; input < weighed(layer); input++) {
                for (int unit = 0; unit < layers.get(layer).units(); unit++) {
                    numbers.add(of.number(layer, input, unit));
                }
            }
        }
        return List.copyOf(numbers);
    }

    /** How many numbers a neuron weighs, the 1 of its bias among them. */
    private int weighed(int layer) {
        return layers.get(layer).inputs() + (biased ? 1 : 0);
    }

    private static double input(Forward forward, int layer, int input) {
        double[] inputs = forward.inputs[layer];
        return input < inputs.length ? inputs[input] : 1;
    }

    private static double number(Map<String, Double> parameters, String name) {
        return parameters.getOrDefault(name, Double.NaN);
    }
}
