package dev.ablate.core.training;

import dev.ablate.core.data.Matrix;
import java.io.OutputStream;
import java.util.Map;

/** Stands where there is no model. */
final class NoModel implements Model {

    static final Model INSTANCE = new NoModel();

    private NoModel() {}

    @Override
    public void predict(Matrix rows, double[] answers) {
        throw new UnsupportedOperationException("there is no model");
    }

    @Override
    public Map<String, Double> parameters() {
        return Map.of();
    }

    @Override
    public boolean isStored() {
        return false;
    }

    @Override
    public void write(OutputStream out) {
        throw new UnsupportedOperationException("there is no model");
    }
}
