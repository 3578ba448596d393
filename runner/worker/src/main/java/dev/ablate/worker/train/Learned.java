package dev.ablate.worker.train;

import dev.ablate.core.training.Layer;
import dev.ablate.core.training.Model;
import dev.ablate.worker.model.TrainedModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a trained model says of itself, as it is now.
 *
 * @param parameters learned numbers by name
 * @param layers all of them; empty where it has others than dense ones
 * @param written what its trainer needs to bring it back; empty where the layers say all, or there is no model
 */
record Learned(Map<String, Double> parameters, List<Layer> layers, Optional<byte[]> written) {

    /**
     * @param features how many columns it has
     * @param outputs how many numbers it answers for a row
     */
    static Learned from(Model model, int features, int outputs) {
        Map<String, Double> parameters =
                new LinkedHashMap<>(Objects.requireNonNull(model.parameters(), "its model's parameters are null"));
        List<Layer> layers = List.copyOf(Objects.requireNonNull(model.layers(), "its model's layers are null"));
        if (!model.isStored() || TrainedModel.isDescribedBy(layers, features, outputs)) {
            return new Learned(parameters, layers, Optional.empty());
        }
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try {
            model.write(written);
        } catch (IOException e) {
            throw new UncheckedIOException("its model cannot be written", e);
        }
        return new Learned(parameters, layers, Optional.of(written.toByteArray()));
    }
}
