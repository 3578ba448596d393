package dev.ablate.engine.report.worked;

import dev.ablate.core.training.Explanation.Neuron;
import dev.ablate.core.training.Explanation.Row;
import dev.ablate.core.training.Explanation.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The weighted sum {@code z} of a row.
 *
 * @param weights of all neurons
 * @param neurons where there are several
 */
record WeightedSum(List<Weight> weights, Optional<NeuronTable> neurons) {

    /** A weighted sum of more terms is left to the table. */
    private static final int MOST_TERMS = 3;

    private static final String BIAS = "bias";

    WeightedSum {
        weights = List.copyOf(weights);
    }

    /** The last weight is a bias, of one neuron alone or of the last of several. */
    boolean isBiased() {
        String last = weights.get(weights.size() - 1).name();
        return last.equals(BIAS)
                || last.contains("/" + BIAS + "/")
                || (neurons.isPresent() && last.startsWith(BIAS + "/"));
    }

    /** What it is made of, in symbols and where it is short in numbers; of layers in words alone. */
    Equation equation(Row row) {
        Optional<Neuron> ofClass = neurons.filter(NeuronTable::isOneLayer).map(NeuronTable::answering);
        if (neurons.isPresent() && ofClass.isEmpty()) {
            String each = "sum of w * x" + (isBiased() ? " + bias" : "");
            return new Equation("", "z", List.of(each + ", where x are the inputs of the neuron"), "");
        }
        List<Integer> own = ofClass.map(Neuron::weights)
                .orElseGet(() -> IntStream.range(0, weights.size()).boxed().toList());
        int terms = own.size() - (isBiased() ? 1 : 0);
        List<String> formulas =
                new ArrayList<>(List.of((terms == 1 ? "w * x" : "sum of w * x") + (isBiased() ? " + bias" : "")));
        if (own.size() <= MOST_TERMS) {
            formulas.add(IntStream.range(0, own.size())
                    .mapToObj(i -> {
                        String before = Equation.factor(weights.get(own.get(i)).before());
                        return i == terms
                                ? before
                                : before + " * " + Equation.factor(row.inputs().get(own.get(i)));
                    })
                    .collect(Collectors.joining(" + ")));
        }
        return Equation.of(ofClass.map(Neuron::name).orElse(""), "z", formulas, row.sum(), "");
    }
}
