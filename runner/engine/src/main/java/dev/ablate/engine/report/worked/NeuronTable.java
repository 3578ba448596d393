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
 * @param neurons from the first layer to the last, which is one neuron, or one for each class
 */
record NeuronTable(List<Neuron> neurons) {

    /** A terminal shows no more. */
    private static final int MOST = 8;

    /** Of the classes at its end no more. */
    private static final int MOST_CLASSES = 4;

    private static final String TARGET = "t";

    NeuronTable {
        neurons = List.copyOf(neurons);
    }

    /** The neuron that gives the answer: the last, or that of the row's own class. */
    Neuron answering() {
        return neurons.stream()
                .filter(neuron ->
                        neuron.terms().stream().anyMatch(term -> term.symbol().equals(TARGET) && term.value() == 1))
                .findFirst()
                .orElse(neurons.get(neurons.size() - 1));
    }

    /** Whether the last layer has a neuron for each class. */
    boolean isOfClasses() {
        return isOfClass(neurons.get(neurons.size() - 1));
    }

    /** Whether all are in one layer: each is that of a class. */
    boolean isOneLayer() {
        return neurons.stream().allMatch(NeuronTable::isOfClass);
    }

    private static boolean isOfClass(Neuron neuron) {
        return neuron.terms().stream().anyMatch(term -> term.symbol().equals(TARGET));
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
        return Stream.concat(Stream.of("neuron", "z"), symbols().stream()).toList();
    }

    /** Of the terms of any neuron, in their order; the last of all is what they lead to. */
    private List<String> symbols() {
        List<Term> first = neurons.get(0).terms();
        String result = first.get(first.size() - 1).symbol();
        Stream<String> before = neurons.stream()
                .flatMap(neuron -> neuron.terms().stream())
                .map(Term::symbol)
                .filter(symbol -> !symbol.equals(result))
                .distinct();
        return Stream.concat(before, Stream.of(result)).toList();
    }

    List<List<String>> rows() {
        List<String> symbols = symbols();
        return neurons.stream().map(neuron -> row(neuron, symbols)).toList();
    }

    private static List<String> row(Neuron neuron, List<String> symbols) {
        List<String> cells = new ArrayList<>(List.of(neuron.name(), Equation.number(neuron.sum())));
        for (String symbol : symbols) {
            cells.add(neuron.terms().stream()
                    .filter(term -> term.symbol().equals(symbol))
                    .map(term -> Equation.number(term.value()))
                    .findFirst()
                    .orElse(""));
        }
        return List.copyOf(cells);
    }

    /** For a terminal: of many neurons the first ones, and the last, of classes some of them. */
    Table text() {
        Table table = new Table().text(headers().get(0));
        headers().stream().skip(1).forEach(table::number);
        List<List<String>> rows = rows();
        int skipped = rows.size() > MOST ? rows.size() - MOST + 1 : 0;
        long classes = neurons.stream().filter(NeuronTable::isOfClass).count();
        int atTheEnd = (int) Math.max(1, Math.min(classes, MOST_CLASSES));
        int first = MOST - 1 - atTheEnd;
        for (int i = 0; i < rows.size(); i++) {
            if (skipped == 0 || i < first || i >= rows.size() - atTheEnd) {
                table.row(rows.get(i));
            } else if (i == first) {
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
        if (!neuron.name().equals(answering().name())) {
            own.keySet().removeIf(symbol -> !symbol.equals("n") && (!symbol.equals(TARGET) || isOfClass(neuron)));
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
