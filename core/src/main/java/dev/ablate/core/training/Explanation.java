package dev.ablate.core.training;

import java.util.List;
import java.util.Optional;

/**
 * How a trainer of neurons made one update: what it learned from, what it learned, and the arithmetic of one row.
 *
 * <p>Formulas are for a person, and their symbols are replaced by numbers to show the arithmetic. Known are {@code z} (the weighted
 * sum), {@code t} (the target), {@code n} (rows of the update), {@code x} and {@code dz/dw} (the input of a weight), {@code w} (the
 * weight before), {@code g} (its gradient, its penalty included), {@code l2},
 * {@code learning_rate}, and the symbols of the terms that come before.
 *
 * @param update which, from 1
 * @param rows the examples (from 0) that it learned from, in that order; one that was drawn twice is there twice
 * @param rule how weights change
 * @param weights one a feature, in order, then the bias if there is one; of layers, in the order of {@link Model#parameters()}
 * @param row how the row that was asked for was worked through; empty if the update did not learn from it
 */
public record Explanation(long update, List<Integer> rows, Rule rule, List<Weight> weights, Optional<Row> row) {

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if the row does not have an input and a share for each weight
     */
    public Explanation {
        rows = List.copyOf(rows);
        weights = List.copyOf(weights);
        int count = weights.size();
        row.ifPresent(worked -> {
            if (worked.inputs().size() != count || worked.shares().size() != count) {
                throw new IllegalArgumentException(worked.inputs().size() + " inputs and "
                        + worked.shares().size() + " shares for " + count + " weights");
            }
        });
    }

    /**
     * How weights change.
     *
     * @param share a row's share of a weight's gradient, as a formula: {@code dE/do * do/dz * dz/dw}
     * @param step a weight after the update, as a formula: {@code w - learning_rate * g}
     * @param learningRate above 0
     * @param l2 what a weight is multiplied by to be its {@link Weight#penalty}; 0 where there is none
     */
    public record Rule(String share, String step, double learningRate, double l2) {}

    /**
     * What an update did to a weight.
     *
     * @param name as {@link Model#parameters()} names it
     * @param before what the rows of the update met
     * @param gradient the sum of the shares of all rows of the update
     * @param penalty what is added to it for the size of the weight itself; 0 where there is none
     * @param after what it became
     */
    public record Weight(String name, double before, double gradient, double penalty, double after) {}

    /**
     * How a row was worked through.
     *
     * @param index which of the examples, from 0
     * @param target its target; of several classes its class, from 0
     * @param inputs what each weight is multiplied by, in the order of the weights; 1 of the bias
     * @param sum the weighted sum {@code z}; of layers, that of the last neuron, as are answer and factors; of several classes, that of
     *     the neuron of its own class
     * @param answer from the sum to the loss: answer, error, what the row adds to the loss
     * @param factors what the row's share of every gradient is the product of, but for the input
     * @param shares its share of each weight's gradient, in the order of the weights
     * @param neurons all on the row's way, from the first layer to the last, of several classes one for each; empty where there is one
     *     alone
     */
    public record Row(
            int index,
            double target,
            List<Double> inputs,
            double sum,
            List<Term> answer,
            List<Term> factors,
            List<Double> shares,
            List<Neuron> neurons) {

        /** Copies the lists. */
        public Row {
            inputs = List.copyOf(inputs);
            answer = List.copyOf(answer);
            factors = List.copyOf(factors);
            shares = List.copyOf(shares);
            neurons = List.copyOf(neurons);
        }
    }

    /**
     * One neuron of several, for one row.
     *
     * @param name {@code layer1/2}: its layer, and which of it; {@code layer2/<class>}, or where there is but one layer the class
     * @param sum its weighted sum {@code z}
     * @param terms its answer {@code o}, then {@code dE/do}, {@code do/dz} and their product {@code dE/dz}; of the last layer of a loss
     *     whose slope is by the weighted sum {@code dE/dz} at once, and of several classes before it {@code t}, 1 of the row's class and
     *     0 of the others
     * @param weights which of the weights are its own, by their index
     */
    public record Neuron(String name, double sum, List<Term> terms, List<Integer> weights) {

        /** Copies the lists. */
        public Neuron {
            terms = List.copyOf(terms);
            weights = List.copyOf(weights);
        }
    }

    /**
     * A number with its formula.
     *
     * @param symbol {@code o}, {@code dE/do}
     * @param formula in symbols: {@code o * (1 - o)}
     * @param value the number that the update used
     * @param note what a person should know of it; empty if nothing
     */
    public record Term(String symbol, String formula, double value, String note) {}
}
