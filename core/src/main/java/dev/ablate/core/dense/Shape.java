package dev.ablate.core.dense;

import dev.ablate.core.data.Matrix;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Layer;
import dev.ablate.core.training.Model;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which dense layers there are, and what each of their learned numbers is called.
 *
 * <p>Layers and units count from 0 here, and from 1 in names. Units of classes are called after them, but where slashes in names would
 * give two numbers one name: then these units are numbered too.
 *
 * @param features names of the inputs of the first layer, {@code [d]}
 * @param units units of each layer from input to output, at least one layer
 * @param activations one a layer
 * @param biased whether every unit has a bias
 * @param classes what the last layer's units are called, one a unit; empty where they have no names, as one unit has none
 */
public record Shape(
        List<String> features,
        List<Integer> units,
        List<Activation> activations,
        boolean biased,
        List<String> classes) {

    /**
     * Copies its lists.
     *
     * @throws IllegalArgumentException if there is no layer, or another number of activations, or of names of classes than there are
     *     units in the last layer
     */
    public Shape {
        features = List.copyOf(features);
        units = List.copyOf(units);
        activations = List.copyOf(activations);
        classes = List.copyOf(classes);
        if (units.isEmpty() || activations.size() != units.size()) {
            throw new IllegalArgumentException(activations.size() + " activations for " + units.size() + " layers");
        }
        int last = units.get(units.size() - 1);
        if (!classes.isEmpty() && classes.size() != last) {
            throw new IllegalArgumentException(classes.size() + " classes for " + last + " units");
        }
    }

    /** Layers of which the last one's units have no names. */
    public Shape(List<String> features, List<Integer> units, List<Activation> activations, boolean biased) {
        this(features, units, activations, biased, List.of());
    }

    /** How many layers there are, at least 1. */
    public int layers() {
        return units.size();
    }

    /** How many numbers a unit of this layer weighs. */
    public int inputs(int layer) {
        return layer == 0 ? features.size() : units.get(layer - 1);
    }

    /** How many numbers answer a row: the units of the last layer. */
    public int outputs() {
        return units.get(layers() - 1);
    }

    /**
     * Refuses a block of rows that {@link Model#predict} cannot answer.
     *
     * @throws IllegalArgumentException if the rows are not as wide as there are features, or there is another number of answers than
     *     {@link #outputs()} to each row
     */
    public void requireRows(Matrix rows, double[] answers) {
        if (rows.width() != features.size() || (long) rows.size() * outputs() != answers.length) {
            throw new IllegalArgumentException(rows.size() + " rows of " + rows.width() + " values are not "
                    + answers.length / outputs() + " rows of " + features.size() + " features");
        }
    }

    /**
     * A layer of these numbers.
     *
     * @param weights input by input, {@code [inputs * units]}
     * @param bias {@code [units]}; not looked at where there is none
     */
    public Layer layer(int layer, double[] weights, double[] bias) {
        int width = units.get(layer);
        List<List<Double>> rows = IntStream.range(0, inputs(layer))
                .mapToObj(input -> IntStream.range(0, width)
                        .mapToObj(unit -> weights[input * width + unit])
                        .toList())
                .toList();
        List<Double> biases = IntStream.range(0, width)
                .mapToObj(unit -> biased ? bias[unit] : 0.0)
                .toList();
        return new Layer(rows, biases, activations.get(layer));
    }

    /**
     * Every learned number by its name, as in {@link Model#parameters()}; it cannot be changed.
     *
     * @param layers of this shape
     */
    public Map<String, Double> parameters(List<Layer> layers) {
        Map<String, Double> parameters = new LinkedHashMap<>();
        for (int layer = 0; layer < layers(); layer++) {
            List<Double> weights =
                    layers.get(layer).weights().stream().flatMap(List::stream).toList();
            put(parameters, weightNames(layer), weights);
            put(parameters, biasNames(layer), layers.get(layer).bias());
        }
        return Collections.unmodifiableMap(parameters);
    }

    /**
     * The layers that have these {@link #parameters}.
     *
     * @throws IllegalArgumentException if one is missing or unknown
     */
    public List<Layer> restored(Map<String, Double> parameters) {
        List<Layer> layers = new ArrayList<>();
        int read = 0;
        for (int layer = 0; layer < layers(); layer++) {
            double[] weights = numbers(weightNames(layer), parameters);
            double[] bias = numbers(biasNames(layer), parameters);
            layers.add(layer(layer, weights, bias));
            read += weights.length + bias.length;
        }
        if (parameters.size() != read) {
            throw new IllegalArgumentException(read + " parameters are needed, not " + parameters.keySet());
        }
        return layers;
    }

    /** What a unit is called: {@code layer1/2}, {@code layer2/<class>}; the class alone, or nothing, where there is but one layer. */
    public String unitName(int layer, int unit) {
        if (layers() == 1 && outputs() == 1) {
            return "";
        }
        return before(layer) + unitNames(layer).get(unit);
    }

    private List<String> weightNames(int layer) {
        List<String> inputs = layer == 0 ? features : numbered(inputs(layer));
        return names(layer, inputs);
    }

    private List<String> biasNames(int layer) {
        return biased ? names(layer, List.of("bias")) : List.of();
    }

    private List<String> names(int layer, List<String> inputs) {
        if (layers() == 1 && outputs() == 1) {
            return inputs;
        }
        List<String> unitNames = unitNames(layer);
        return inputs.stream()
                .flatMap(input -> unitNames.stream().map(unit -> before(layer) + input + "/" + unit))
                .toList();
    }

    private String before(int layer) {
        return layers() == 1 ? "" : "layer" + (layer + 1) + "/";
    }

    private List<String> unitNames(int layer) {
        return layer == layers() - 1 && hasNamesOfClasses() ? classes : numbered(units.get(layer));
    }

    /** Not where two weights would have one name: {@code a} of class {@code b/c}, and {@code a/b} of class {@code c}. */
    private boolean hasNamesOfClasses() {
        if (classes.isEmpty() || layers() > 1 || classes.stream().noneMatch(name -> name.contains("/"))) {
            return !classes.isEmpty();
        }
        Set<String> names = new HashSet<>();
        return Stream.concat(features.stream(), Stream.of("bias"))
                .allMatch(input -> classes.stream().allMatch(name -> names.add(input + "/" + name)));
    }

    private static List<String> numbered(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(String::valueOf).toList();
    }

    private static void put(Map<String, Double> parameters, List<String> names, List<Double> numbers) {
        for (int k = 0; k < names.size(); k++) {
            parameters.put(names.get(k), numbers.get(k));
        }
    }

    private static double[] numbers(List<String> names, Map<String, Double> parameters) {
        return names.stream()
                .mapToDouble(name -> {
                    Double value = parameters.get(name);
                    if (value == null) {
                        throw new IllegalArgumentException(
                                "the parameter '" + name + "' is missing in " + parameters.keySet());
                    }
                    return value;
                })
                .toArray();
    }
}
