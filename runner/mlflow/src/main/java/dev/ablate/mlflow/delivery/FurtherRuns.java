package dev.ablate.mlflow.delivery;

import dev.ablate.mlflow.client.MlflowServer.Run;
import dev.ablate.mlflow.client.ServerFailure;
import dev.ablate.mlflow.image.LoggedImages;
import dev.ablate.mlflow.image.RunImage;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Further runs of one program on the server: looked for before any is made, since making one is not idempotent. */
final class FurtherRuns {

    private final Channel channel;
    private final String experiment;
    private final String main;

    /**
     * @param experiment the experiment's id in MLflow
     * @param main the id in MLflow of the run whose program began them
     */
    FurtherRuns(Channel channel, String experiment, String main) {
        this.channel = channel;
        this.experiment = experiment;
        this.main = main;
    }

    /** Those that are there, by their id in the store; of two of one id, the later goes into the trash. */
    Map<String, Run> look() {
        Map<String, Run> found = new LinkedHashMap<>();
        List<Run> all = channel.server().search(experiment, Map.of(LoggedImages.RUN, main)).stream()
                .sorted(Comparator.comparingLong(Run::start).thenComparing(Run::id))
                .toList();
        for (Run run : all) {
            String id = run.tags().getOrDefault(LoggedImages.ID, "");
            if (found.putIfAbsent(id, run) != null) {
                trash(run);
            }
        }
        return found;
    }

    Run create(RunImage image) {
        return channel.server().create(experiment, image.label(), image.start(), image.tags());
    }

    /** Puts all into the trash, as the run above them is there. */
    void trash() {
        channel.server().search(experiment, Map.of(LoggedImages.RUN, main)).forEach(this::trash);
    }

    private void trash(Run run) {
        try {
            channel.server().delete(run.id());
        } catch (ServerFailure e) {
            if (e.kind() != ServerFailure.Kind.MISSING && e.kind() != ServerFailure.Kind.REFUSED) {
                throw e;
            }
            // it is there already
        }
    }
}
