package dev.ablate.mlflow.results;

import dev.ablate.engine.problem.Suggestion;
import dev.ablate.engine.tracking.Destination;
import dev.ablate.engine.tracking.LoggedRun;
import dev.ablate.engine.tracking.LoggedRuns;
import dev.ablate.engine.tracking.TrackingException;
import dev.ablate.mlflow.client.Connection;
import dev.ablate.mlflow.client.Endpoint;
import dev.ablate.mlflow.client.MlflowServer;
import dev.ablate.mlflow.client.MlflowServer.Experiment;
import dev.ablate.mlflow.client.ServerFailure;
import java.net.URI;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The runs of one of MLflow's experiments. */
public final class MlflowRuns implements LoggedRuns {

    /** Runs of one answer. */
    private static final int PAGE = 500;

    private static final String OWN_TAGS = "mlflow.";

    private static final String NAME = OWN_TAGS + "runName";

    private final Connection connection;
    private final Experiment experiment;
    private final String filter;
    private final int page;

    private MlflowRuns(Connection connection, Experiment experiment, String filter, int page) {
        this.connection = connection;
        this.experiment = experiment;
        this.filter = filter;
        this.page = page;
    }

    /**
     * Finds an experiment.
     *
     * @param destination a server
     * @param named the experiment's name, else its id
     * @param filter as MLflow's search takes it; empty: all runs
     * @throws TrackingException if the server does not answer, or has no such experiment
     */
    public static MlflowRuns open(Destination destination, String named, Optional<String> filter) {
        return open(destination, named, filter, PAGE);
    }

    /** @param page how many runs are asked for at a time */
    static MlflowRuns open(Destination destination, String named, Optional<String> filter, int page) {
        if (!(destination instanceof Endpoint endpoint)) {
            throw new IllegalArgumentException("not a server of MLflow: " + destination.id());
        }
        Connection connection = new Connection(endpoint);
        try {
            connection.version();
            Experiment found = find(connection.server(), named);
            return new MlflowRuns(connection, found, filter.orElse(""), page);
        } catch (ServerFailure e) {
            connection.close();
            throw new TrackingException(String.valueOf(e.getMessage()), e);
        } catch (TrackingException e) {
            connection.close();
            throw e;
        }
    }

    private static Experiment find(MlflowServer server, String named) {
        Optional<Experiment> found = server.experiment(named);
        if (found.isEmpty() && named.matches("[0-9]{1,30}")) {
            found = server.experimentOf(named);
        }
        if (found.isEmpty()) {
            throw new TrackingException(
                    Suggestion.unknown("MLflow has no experiment", named, server.experimentNames(), "there are"));
        }
        if (!found.get().active()) {
            throw new TrackingException("the experiment " + found.get().name()
                    + " lies in MLflow's trash; restore it there: mlflow experiments restore -x "
                    + found.get().id());
        }
        return found.get();
    }

    @Override
    public String experiment() {
        return experiment.name();
    }

    @Override
    public String id() {
        return experiment.id();
    }

    @Override
    public URI server() {
        return connection.destination().server();
    }

    @Override
    public List<LoggedRun> runs() {
        return answered(() -> connection.server().search(experiment.id(), filter, page)).stream()
                .map(MlflowRuns::logged)
                .toList();
    }

    private static LoggedRun logged(MlflowServer.Run run) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        run.latest().forEach((name, value) -> metrics.put(name, infinite(value.value())));
        return new LoggedRun(
                run.id(), run.tags().getOrDefault(NAME, ""), run.status(), run.params(), run.tags(), metrics);
    }

    @Override
    public List<LoggedRun.Value> history(LoggedRun run, String metric) {
        return answered(() -> connection.server().history(run.id(), metric, 0)).stream()
                .sorted(Comparator.comparingLong(MlflowServer.Value::step).thenComparingLong(MlflowServer.Value::time))
                .map(value -> new LoggedRun.Value(value.step(), infinite(value.value())))
                .toList();
    }

    /** Its database has no infinite numbers, so that it stores the largest one in their place. */
    private static double infinite(double value) {
        return Math.abs(value) == Double.MAX_VALUE ? Math.copySign(Double.POSITIVE_INFINITY, value) : value;
    }

    @Override
    public boolean isHousekeeping(String tag) {
        return tag.startsWith(OWN_TAGS) && !tag.equals(NAME);
    }

    private static <T> T answered(Supplier<T> request) {
        try {
            return request.get();
        } catch (ServerFailure e) {
            throw new TrackingException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
