package dev.ablate.worker.catalog;

import dev.ablate.core.data.Matrix;
import dev.ablate.core.training.Layer;
import dev.ablate.core.training.Model;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model of a plugin's trainer: what it returns is copied, and whole. */
record PluggedModel(Plugged trainer, Model model) implements Model {

    @Override
    public void predict(Matrix rows, double[] answers) {
        trainer.call(() -> {
            model.predict(rows, answers);
            return answers;
        });
    }

    @Override
    public Map<String, Double> parameters() {
        return trainer.call(() -> {
            Map<String, Double> copy = new LinkedHashMap<>();
            model.parameters().forEach((name, value) -> {
                // a plugin is not compiled with our checks
                if (name == null || value == null) {
                    throw new NullPointerException("a parameter of its model is null: " + name + " = " + value);
                }
                copy.put(name, value);
            });
            return Collections.unmodifiableMap(copy);
        });
    }

    @Override
    public boolean isStored() {
        return trainer.call(model::isStored);
    }

    @Override
    public void write(OutputStream out) {
        trainer.call(() -> {
            model.write(out);
            return out;
        });
    }

    @Override
    public List<Layer> layers() {
        return trainer.call(() -> List.copyOf(new ArrayList<>(model.layers())));
    }
}
