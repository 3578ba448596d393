package dev.ablate.trainers.perceptron;

import dev.ablate.core.data.Matrix;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Decision;
import dev.ablate.core.training.Layer;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Parameters;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A weighted sum, a bias if there is one, and an activation; it changes while its rule learns, and no more afterwards. */
final class Neuron implements Model {

    private static final String BIAS = "bias";

    /** Rows that are answered together: few enough for the first cache. */
    private static final int BLOCK = 512;

    private final List<String> features;
    private final boolean biased;
    private final Activation activation;
    private final Decision decision;

    /** One a feature, {@code [d]}. */
    final double[] weights;

    /** Stays 0 where there is none. */
    double bias;

    Neuron(PerceptronOptions options, Decision decision, List<String> features, double[] weights, double bias) {
        this.features = features;
        this.biased = options.bias();
        this.activation = options.activation();
        this.decision = decision;
        this.weights = weights;
        this.bias = bias;
    }

    /** The neuron that was {@linkplain #write written}. */
    static Neuron restored(PerceptronOptions options, List<String> features, InputStream in) throws IOException {
        int tie = in.read();
        if (tie != 0 && tie != 1) {
            throw new IllegalArgumentException("a tie is 0 or 1, not " + tie);
        }
        Map<String, Double> parameters = Parameters.read(in);
        int expected = features.size() + (options.bias() ? 1 : 0);
        if (parameters.size() != expected) {
            throw new IllegalArgumentException(expected + " parameters are needed, not " + parameters.keySet());
        }
        double[] weights =
                features.stream().mapToDouble(name -> number(name, parameters)).toArray();
        Decision decision = new Decision(Decision.DEFAULT.threshold(), tie);
        return new Neuron(options, decision, features, weights, options.bias() ? number(BIAS, parameters) : 0);
    }

    private static double number(String name, Map<String, Double> parameters) {
        Double value = parameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the parameter '" + name + "' is missing in " + parameters.keySet());
        }
        return value;
    }

    boolean biased() {
        return biased;
    }

    /** The weighted sum {@code z} of a row (from 0). */
    double sum(Matrix rows, int row) {
        return rows.weightedSum(row, weights, bias);
    }

    /** What the neuron answers where the weighted sum is {@code z}. */
    double answer(double z) {
        return z == 0 && activation == Activation.STEP ? decision.tie() : activation.of(z);
    }

    @Override
    public void predict(Matrix rows, double[] answers) {
        if (rows.size() != answers.length) {
            throw new IllegalArgumentException(answers.length + " answers for " + rows.size() + " rows");
        }
        if (activation == Activation.STEP) {
            for (int row = 0; row < answers.length; row++) {
                answers[row] = answer(sum(rows, row));
            }
            return;
        }
        double[] sums = new double[Math.min(BLOCK, answers.length)];
        double[] block = new double[sums.length];
        for (int from = 0; from < answers.length; from += BLOCK) {
            int count = Math.min(BLOCK, answers.length - from);
            for (int k = 0; k < count; k++) {
                sums[k] = sum(rows, from + k);
            }
            activation.of(sums, block, count);
            System.arraycopy(block, 0, answers, from, count);
        }
    }

    @Override
    public Map<String, Double> parameters() {
        Map<String, Double> parameters = new LinkedHashMap<>();
        for (int i = 0; i < weights.length; i++) {
            parameters.put(features.get(i), weights[i]);
        }
        if (biased) {
            parameters.put(BIAS, bias);
        }
        return Collections.unmodifiableMap(parameters);
    }

    @Override
    public void write(OutputStream out) throws IOException {
        out.write(decision.tie());
        Parameters.write(parameters(), out);
    }

    @Override
    public List<Layer> layers() {
        List<List<Double>> inputs =
                features.stream().map(parameters()::get).map(List::of).toList();
        return List.of(new Layer(inputs, List.of(bias), activation));
    }
}
