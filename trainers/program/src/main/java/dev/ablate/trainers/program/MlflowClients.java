package dev.ablate.trainers.program;

import dev.ablate.core.note.Note;
import dev.ablate.core.training.Training;
import dev.ablate.trainers.program.mlflow.MlflowEndpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The clients of MLflow in one program: they log to its run, and what they log of declared metrics is reported. */
final class MlflowClients implements AutoCloseable {

    /** The tag with what there is to say of them. */
    private static final String REMARK = "ablate.remark";

    private final Training training;
    private final Reporter reporter;
    private final MlflowEndpoint endpoint;
    private final ClientRemarks remarks;

    /** @param folder where the program is about to work */
    MlflowClients(ProgramOptions options, Path folder, Training training, Reporter reporter) {
        this.training = training;
        this.reporter = reporter;
        this.remarks = new ClientRemarks(options.inputs(), folder);
        try {
            this.endpoint = MlflowEndpoint.start(training.notes());
        } catch (IOException e) {
            throw new ProgramFailure("no port for MLflow calls: " + e.getMessage());
        }
    }

    /** Changes the environment of the program, so that clients find their server. */
    void put(Map<String, String> environment) {
        endpoint.put(environment);
        if (remarks.mayLogElsewhere()) {
            // another server knows no run of this id
            environment.remove("MLFLOW_RUN_ID");
        }
    }

    /** Reports what was logged since the last call. */
    void take() {
        endpoint.values().forEach(reporter::take);
    }

    /** What the program calls the further runs in which it logged a metric. */
    List<String> runsBelow(String metric) {
        return endpoint.runsBelow(metric);
    }

    /** Says what there is to say of a program that has ended. */
    void end(Output output) {
        List<String> said = new ArrayList<>(endpoint.remarks());
        remarks.say(endpoint.wasUsed()).ifPresent(said::add);
        said.forEach(remark -> output.add("ablate: " + remark));
        if (!said.isEmpty()) {
            training.notes().add(List.of(new Note.Tag(REMARK, String.join("; ", said))));
        }
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
