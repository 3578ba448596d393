package dev.ablate.engine.report.worked;

import dev.ablate.core.training.Explanation.Neuron;
import dev.ablate.core.training.Explanation.Term;
import dev.ablate.engine.report.layout.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a row did to each of several neurons.
 *
 * @param neurons from the first layer to the last, which is one neuron
 */
record NeuronTable(List<Neuron> neurons) {

    /** A terminal shows no more. */
    private static final int MOST = 8;

    NeuronTable {
        neurons = List.copyOf(neurons);
    }

    /** The name of the neuron that gives the answer. */
    String last() {
        return neurons.get(neurons.size() - 1).name();
    }

    /** Whose weight it is. */
    Neuron of(int weight) {
        return neurons.stream()
                .filter(neuron -> neuron.weights().contains(weight))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("weight " + weight + " does not belong to a neuron"));
    }

    /** The weights that weigh the row itself, by their index: those of any neuron of the first layer, its bias last. */
    List<Integer> firstInputs() {
        return neurons.get(0).weights();
    }

    List<String> headers() {
        Stream<String> terms = neurons.get(0).terms().stream().map(Term::symbol);
        return Stream.concat(Stream.of("neuron", "z"), terms).toList();
    }

    List<List<String>> rows() {
        return neurons.stream().map(NeuronTable::row).toList();
    }

    private static List<String> row(Neuron neuron) {
        List<String> cells = new ArrayList<>(List.of(neuron.name(), Equation.number(neuron.sum())));
        neuron.terms().forEach(term -> cells.add(Equation.number(term.value())));
        return List.copyOf(cells);
    }

    /** For a terminal: of many neurons the first ones, and the last. */
    Table text() {
        Table table = new Table().text(headers().get(0));
        headers().stream().skip(1).forEach(table::number);
        List<List<String>> rows = rows();
        int skipped = rows.size() > MOST ? rows.size() - MOST + 1 : 0;
        for (int i = 0; i < rows.size(); i++) {
            if (skipped == 0 || i < MOST - 2 || i == rows.size() - 1) {
                table.row(rows.get(i));
            } else if (i == MOST - 2) {
                List<String> gap = new ArrayList<>(List.of(skipped + " more"));
                rows.get(i).stream().skip(1).forEach(cell -> gap.add(""));
                table.row(gap);
            }
        }
        return table;
    }

    /**
     * How a neuron comes to its {@code dE/dz}; of the last one, which has been worked through, its product alone.
     *
     * @param symbols known by now; afterwards {@code dE/dz} too
     */
    List<Equation> chain(Neuron neuron, Map<String, Double> symbols) {
        Map<String, Double> own = new LinkedHashMap<>(symbols);
        List<Equation> equations = new ArrayList<>();
        if (!neuron.name().equals(last())) {
            own.keySet().removeIf(symbol -> !symbol.equals("n") && !symbol.equals("t"));
            own.put("z", neuron.sum());
        }
        for (Term term : neuron.terms()) {
            if (!own.containsKey(term.symbol())) {
                equations.add(Equation.of(neuron.name(), term, own));
            }
            own.put(term.symbol(), term.value());
        }
        symbols.putAll(own);
        return equations;
    }
}
