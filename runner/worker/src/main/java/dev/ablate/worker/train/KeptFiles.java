package dev.ablate.worker.train;

import dev.ablate.core.training.Layer;
import dev.ablate.worker.context.RunContext;
import dev.ablate.worker.data.ColumnScale;
import dev.ablate.worker.data.DataPart;
import dev.ablate.worker.data.RunData;
import dev.ablate.worker.data.Scaling;
import dev.ablate.worker.exchange.RunSink;
import dev.ablate.worker.model.ModelFiles;
import dev.ablate.worker.model.TrainedModel;
import dev.ablate.worker.model.TrainedModel.Scale;
import dev.ablate.worker.spec.ScaleSettings.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files that are kept with an attempt: what it was trained on, and its model.
 *
 * <p>They are made while the run has its data and its plugin at hand; whoever delivers them has neither.
 */
final class KeptFiles {

    private final RunContext run;
    private final RunData data;

    KeptFiles(RunContext run, RunData data) {
        this.run = run;
        this.data = data;
    }

    /** Keeps what it is trained on. */
    void keepData(RunSink sink) {
        sink.file(DataPart.FILE, DataPart.write(data.described().parts()));
    }

    /**
     * Keeps the model, if there is one, and columns that it answers rows of.
     *
     * @param written what its trainer needs to bring it back; empty where the layers say all of it
     */
    void keepModel(RunSink sink, List<Layer> layers, Optional<byte[]> written) {
        boolean dense = TrainedModel.isDescribedBy(
                layers, run.features().size(), run.dataset().schema().outputs());
        if ((!dense && written.isEmpty()) || run.dataset().isNone()) {
            return;
        }
        Scaling scaling = data.scaling();
        TrainedModel model = new TrainedModel(
                run.features(),
                data.encoding().orElse(null),
                run.dataset().target(),
                run.dataset().units().getOrDefault(run.dataset().target(), ""),
                run.dataset().classes(),
                run.decision(),
                run.scale().features() == Method.NONE
                        ? List.of()
                        : scaling.features().stream().map(KeptFiles::scale).toList(),
                dense ? layers : List.of(),
                run.scale().target() == Method.NONE ? Scale.NONE : scale(scaling.target()),
                boxed(data.train().row(0)),
                dense ? null : run.trainer().plugin());
        written.map(bytes -> ModelFiles.of(model, bytes))
                .orElseGet(() -> ModelFiles.of(model))
                .forEach(sink::file);
    }

    private static Scale scale(ColumnScale column) {
        return new Scale(column.shift(), column.divisor());
    }

    private static List<Double> boxed(double[] values) {
        List<Double> boxed = new ArrayList<>(values.length);
        for (double value : values) {
            boxed.add(value);
        }
        return boxed;
    }
}
