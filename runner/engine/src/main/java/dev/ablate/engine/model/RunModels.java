package dev.ablate.engine.model;

import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.worker.catalog.BoundTrainer;
import dev.ablate.worker.model.ModelFiles;
import dev.ablate.worker.model.TrainedModel;
import java.io.ByteArrayInputStream;
import java.util.Optional;
import java.util.function.Supplier;

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
        return description(record).map(model -> of(run.label(), record, model, run::trainer));
    }

    /**
     * A model, brought back.
     *
     * @param name what messages call the run
     * @param trainer asked where only the trainer can bring the model back
     * @throws dev.ablate.worker.catalog.PluginException if that fails
     */
    public RunModel of(String name, RunRecord record, TrainedModel model, Supplier<BoundTrainer> trainer) {
        if (model.isDense()) {
            return RunModel.of(name, model);
        }
        byte[] written = store.files(record.id()).getOrDefault(ModelFiles.FOLDER + ModelFiles.WRITTEN, new byte[0]);
        return RunModel.of(name, model, trainer.get().restore(model.schema(), new ByteArrayInputStream(written)));
    }

    /** What is known of a run's model, without bringing it back; empty if it has not finished or its trainer has no model. */
    public Optional<TrainedModel> description(RunRecord record) {
        return record.status() == RunStatus.FINISHED ? ModelFiles.find(store.files(record.id())) : Optional.empty();
    }
}
