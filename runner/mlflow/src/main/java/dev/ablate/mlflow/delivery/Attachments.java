package dev.ablate.mlflow.delivery;

import dev.ablate.engine.runs.DeliveryLedger;
import dev.ablate.engine.runs.Registration;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.mlflow.image.ModelImage;
import dev.ablate.mlflow.image.RunImage;
import dev.ablate.worker.data.DataPart;
import dev.ablate.worker.exchange.LoggedNote;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What goes with a run and is no part of it in MLflow.
 *
 * @param data what it was trained on; empty for a parent, and where an older Ablate trained it
 * @param model the files of its model by path; empty likewise, and where its trainer has no layers
 * @param registration of a parent: which of its runs is to be in the registry
 * @param logged what its program logged
 */
record Attachments(
        List<DataPart> data, Map<String, byte[]> model, Optional<Registration> registration, List<LoggedNote> logged) {

    /** Of a run, or of the parent of a comparison. */
    static Attachments of(RunStore store, DeliveryLedger.Entry entry) {
        if (entry.run() == DeliveryLedger.PARENT) {
            return new Attachments(List.of(), Map.of(), store.registration(entry.comparison()), List.of());
        }
        Map<String, byte[]> files = store.files(entry.run());
        List<DataPart> data = Optional.ofNullable(files.get(DataPart.FILE))
                .map(DataPart::read)
                .orElse(List.of());
        return new Attachments(data, ModelImage.of(files), Optional.empty(), store.notes(entry.run(), 0));
    }

    /** The digest of a run with all that goes with it; the run's own where there is nothing. */
    String digestWith(RunImage image) {
        if (data.isEmpty() && model.isEmpty() && registration.isEmpty() && logged.isEmpty()) {
            return image.digest();
        }
        StringBuilder text = new StringBuilder(image.digest()).append(data).append(registration);
        model.forEach((path, content) -> text.append('\n').append(path).append(RunImage.digest(content)));
        logged.forEach(note -> text.append('\n').append(note));
        return RunImage.digest(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
