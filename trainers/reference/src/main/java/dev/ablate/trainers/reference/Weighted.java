package dev.ablate.trainers.reference;

import dev.ablate.core.data.Matrix;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Layer;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Parameters;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One neuron whose numbers are known: a weighted sum of the features, a bias if there is one, and an activation. */
final class Weighted implements Model {

    private static final String BIAS = "bias";

    private final List<String> features;
    private final boolean biased;
    private final Activation activation;
    private final double[] weights;
    private final double bias;

    /**
     * @param numbers one a feature, then the bias if there is one
     */
    Weighted(List<String> features, double[] numbers, boolean biased, Activation activation) {
        this.features = List.copyOf(features);
        this.biased = biased;
        this.activation = activation;
        this.weights = Arrays.copyOf(numbers, features.size());
        this.bias = biased ? numbers[features.size()] : 0;
    }

    /**
     * The model that was {@linkplain #write written}.
     *
     * @throws IllegalArgumentException if its numbers are others than such a model has
     */
    static Weighted restored(List<String> features, boolean biased, Activation activation, InputStream in)
            throws IOException {
        Map<String, Double> written = Parameters.read(in);
        List<String> names = new ArrayList<>(features);
        if (biased) {
            names.add(BIAS);
        }
        if (!names.equals(List.copyOf(written.keySet()))) {
            throw new IllegalArgumentException(names + " are needed, not " + written.keySet());
        }
        double[] numbers =
                written.values().stream().mapToDouble(Double::doubleValue).toArray();
        return new Weighted(features, numbers, biased, activation);
    }

    @Override
    public void predict(Matrix rows, double[] answers) {
        if (rows.size() != answers.length) {
            throw new IllegalArgumentException(answers.length + " answers for " + rows.size() + " rows");
        }
        for (int row = 0; row < answers.length; row++) {
            answers[row] = activation.of(rows.weightedSum(row, weights, bias));
        }
    }

    @Override
    public Map<String, Double> parameters() {
        Map<String, Double> parameters = new LinkedHashMap<>();
        for (int k = 0; k < features.size(); k++) {
            parameters.put(features.get(k), weights[k]);
        }
        if (biased) {
            parameters.put(BIAS, bias);
        }
        return Collections.unmodifiableMap(parameters);
    }

    @Override
    public void write(OutputStream out) throws IOException {
        Parameters.write(parameters(), out);
    }

    @Override
    public List<Layer> layers() {
        List<List<Double>> inputs = new ArrayList<>();
        for (int k = 0; k < weights.length; k++) {
            inputs.add(List.of(weights[k]));
        }
        return List.of(new Layer(inputs, List.of(bias), activation));
    }
}
