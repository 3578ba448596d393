package dev.ablate.engine.train;

import dev.ablate.core.training.Model;
import dev.ablate.engine.data.RunData;
import dev.ablate.engine.model.ModelFiles;
import dev.ablate.engine.model.RunModel;
import dev.ablate.engine.model.TrainedModel;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.worker.catalog.BoundTrainer;
import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.Optional;

/** The models of runs as the store has them: dense layers as they are, others brought back by their trainers. */
public final class RunModels {

    private final RunStore store;

    /** Models in a store. */
    public RunModels(RunStore store) {
        this.store = store;
    }

    /**
     * The model of a planned run; empty if it has not finished or its trainer has no model.
     *
     * @throws dev.ablate.worker.catalog.PluginException if its trainer cannot bring it back
     */
    public Optional<RunModel> of(PlannedRun run, RunRecord record) {
        if (record.status() != RunStatus.FINISHED) {
            return Optional.empty();
        }
        Map<String, byte[]> files = store.files(record.id());
        return ModelFiles.find(files)
                .map(description -> description.isDense()
                        ? RunModel.of(run.label(), description)
                        : RunModel.of(run.label(), description, restored(run, files)));
    }

    private static Model restored(PlannedRun run, Map<String, byte[]> files) {
        BoundTrainer trainer = run.trainer();
        byte[] written = files.getOrDefault(ModelFiles.FOLDER + ModelFiles.WRITTEN, new byte[0]);
        return trainer.restore(RunData.schema(run), new ByteArrayInputStream(written));
    }

    /** What is known of a run's model, without bringing it back; empty if it has not finished or its trainer has no model. */
    public Optional<TrainedModel> description(RunRecord record) {
        return record.status() == RunStatus.FINISHED ? ModelFiles.find(store.files(record.id())) : Optional.empty();
    }
}
