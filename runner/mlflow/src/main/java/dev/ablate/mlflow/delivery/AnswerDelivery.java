package dev.ablate.mlflow.delivery;

import dev.ablate.engine.tracking.Answer;
import dev.ablate.engine.tracking.Destination;
import dev.ablate.engine.tracking.TrackingException;
import dev.ablate.mlflow.client.Connection;
import dev.ablate.mlflow.client.Endpoint;
import dev.ablate.mlflow.client.MlflowServer;
import dev.ablate.mlflow.client.MlflowServer.Run;
import dev.ablate.mlflow.client.ServerFailure;
import dev.ablate.mlflow.image.RunImage;
import dev.ablate.mlflow.image.RunImages;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Writes what was found out of runs that no spec speaks for onto one parent run: note, figures and report.
 *
 * <p>The run of a question is found by the question's key: who asks again writes the same one.
 */
public final class AnswerDelivery {

    private final Connection connection;
    private final MlflowServer server;

    private AnswerDelivery(Connection connection) {
        this.connection = connection;
        this.server = connection.server();
    }

    /**
     * Where it was written.
     *
     * @param run the address of the run's page
     * @param report the address of its report
     */
    public record Pages(String run, String report) {}

    /**
     * Writes an answer.
     *
     * @param destination a server of MLflow
     * @param experiment the name of an experiment, which is made if it is not there
     * @param now when the answer was found
     * @throws TrackingException if the server does not take it
     */
    public static Pages write(Destination destination, String experiment, Answer answer, Instant now) {
        if (!(destination instanceof Endpoint endpoint)) {
            throw new IllegalArgumentException("not a server of MLflow: " + destination.id());
        }
        try (Connection connection = new Connection(endpoint)) {
            connection.version();
            return new AnswerDelivery(connection).write(experiment, answer, now);
        } catch (ServerFailure e) {
            throw new TrackingException(String.valueOf(e.getMessage()), e);
        }
    }

    private Pages write(String name, Answer answer, Instant now) {
        String experiment = experiment(name);
        RunImage image = RunImages.answer(answer, now);
        Run run = run(experiment, image);
        RunSender sender = new RunSender(server, connection.artifacts(), run);
        sender.sendTags(image.tags());
        new MetricSender(server, run.id(), false)
                .sendResults(image.results(), Instant.ofEpochMilli(run.start()), run.latest());
        sender.sendFiles(image.files());
        // last: a run that has ended has all of it
        sender.sendStatus(image.status().name(), image.end());
        Links links = new Links(connection.destination().server(), experiment);
        return new Pages(links.run(run.id()), links.artifact(run.id(), Answer.REPORT));
    }

    private String experiment(String name) {
        if (server.experiment(name).isEmpty()) {
            try {
                return server.createExperiment(name);
            } catch (ServerFailure e) {
                if (e.kind() != ServerFailure.Kind.REFUSED) {
                    throw e;
                }
                // perhaps somebody was faster
            }
        }
        MlflowServer.Experiment found = server.experiment(name)
                .filter(MlflowServer.Experiment::active)
                .orElseThrow(() -> new ServerFailure(
                        ServerFailure.Kind.REFUSED,
                        connection.destination().server(),
                        "has the experiment " + name
                                + " in its trash; restore it there, or name another: --experiment"));
        return found.id();
    }

    /** The run of the question; made where there is none, and taken back where somebody else made one meanwhile. */
    private Run run(String experiment, RunImage image) {
        List<Run> there = find(experiment, image);
        if (!there.isEmpty()) {
            return server.get(there.get(0).id());
        }
        Run made = server.create(experiment, image.label(), image.start(), image.tags());
        Run first = find(experiment, image).stream().findFirst().orElse(made);
        if (!first.id().equals(made.id())) {
            server.delete(made.id());
        }
        return server.get(first.id());
    }

    /** All that there are, the one that stays first. */
    private List<Run> find(String experiment, RunImage image) {
        Map<String, String> identity = Map.of(
                RunImages.COMPARISON, image.tags().getOrDefault(RunImages.COMPARISON, ""),
                RunImages.ROLE, image.tags().getOrDefault(RunImages.ROLE, ""));
        return server.search(experiment, identity).stream()
                .sorted(Comparator.comparingLong(Run::start).thenComparing(Run::id))
                .toList();
    }
}
