package dev.ablate.trainers.mlp;

import dev.ablate.core.data.Matrix;
import dev.ablate.core.dense.Shape;
import dev.ablate.core.training.Layer;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Parameters;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Layers of neurons, each fed by the answers of the one before; they change while they learn, and no more afterwards. */
final class MlpNetwork implements Model {

    private final Shape shape;
    private final List<Neurons> layers;

    MlpNetwork(Shape shape, List<Layer> start) {
        this.shape = shape;
        this.layers = start.stream().map(Neurons::of).toList();
    }

    /** From input to output. */
    List<Neurons> neurons() {
        return layers;
    }

    Shape shape() {
        return shape;
    }

    boolean biased() {
        return shape.biased();
    }

    @Override
    public void predict(Matrix rows, double[] answers) {
        shape.requireRows(rows, answers);
        Forward forward = new Forward(layers);
        int outputs = shape.outputs();
        for (int row = 0; row < rows.size(); row++) {
            System.arraycopy(forward.answer(rows, row), 0, answers, row * outputs, outputs);
        }
    }

    @Override
    public Map<String, Double> parameters() {
        return shape.parameters(layers());
    }

    @Override
    public void write(OutputStream out) throws IOException {
        Parameters.write(parameters(), out);
    }

    @Override
    public List<Layer> layers() {
        List<Layer> plain = new ArrayList<>();
        for (Neurons layer : layers) {
            plain.add(layer.asLayer());
        }
        return List.copyOf(plain);
    }
}
