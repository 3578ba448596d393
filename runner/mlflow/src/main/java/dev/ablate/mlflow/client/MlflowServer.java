package dev.ablate.mlflow.client;

import com.google.gson.JsonParser;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.mlflow.api.proto.Service;
import org.mlflow.tracking.MlflowClient;

/**
 * A tracking server's experiments and runs.
 *
 * <p>A write that is called fulfilled may not be: only reading back shows it. All methods throw {@link ServerFailure}.
 * Used by one thread; {@link #close} by any.
 */
public final class MlflowServer implements AutoCloseable {

    /** Rows of one page of a search. */
    private static final int PAGE = 200;

    /** No comparison has more; a server that goes on and on is given up. */
    private static final int MOST_RUNS = 20_000;

    private static final int MOST_VALUES = 200_000;

    /** Names to suggest one of. */
    private static final int MOST_NAMES = 200;

    /** The most values that any version gives at a time. */
    private static final int HISTORY_PAGE = 25_000;

    /** Reads. */
    private final RestClient rest;

    /** Writes. */
    private final BoundedClient client;

    MlflowServer(Http http, Endpoint destination) {
        this.rest = new RestClient(http, destination);
        this.client = new BoundedClient(destination, rest);
    }

    /**
     * An experiment.
     *
     * @param id the server's
     * @param name what it is called
     * @param created when it was made, in milliseconds of the epoch; 0 where the server does not say it
     * @param active false: it lies in the trash
     * @param tags by name
     */
    public record Experiment(String id, String name, long created, boolean active, Map<String, String> tags) {}

    /**
     * A run as the server has it.
     *
     * @param id the server's
     * @param experiment the id of its experiment
     * @param status RUNNING, FINISHED, ...
     * @param start in milliseconds of the epoch
     * @param end in milliseconds of the epoch; 0 while it runs
     * @param artifacts where its files lie
     * @param active false: it lies in the trash
     * @param params by name; kept up to date by those who add to them
     * @param tags by name; likewise
     * @param latest of each metric the value of its last step, of these the latest in time, of these the greatest; not kept up to date
     * @param datasets what it is linked to; not kept up to date
     * @param models the ids of the models that it says it made, where it was asked for alone; not kept up to date
     */
    public record Run(
            String id,
            String experiment,
            String status,
            long start,
            long end,
            String artifacts,
            boolean active,
            Map<String, String> params,
            Map<String, String> tags,
            Map<String, Value> latest,
            List<RunInputs.Linked> datasets,
            List<String> models) {

        /** After a change that the server took. */
        public Run with(String newStatus, long newEnd) {
            return new Run(
                    id,
                    experiment,
                    newStatus,
                    start,
                    newEnd,
                    artifacts,
                    active,
                    params,
                    tags,
                    latest,
                    datasets,
                    models);
        }
    }

    /** A value of a metric; {@code time} in milliseconds of the epoch. */
    public record Value(String key, long step, long time, double value) {}

    /** The experiment of a name, in the trash or not. */
    public Optional<Experiment> experiment(String name) {
        return experimentAt("get-by-name?experiment_name=" + RestClient.encode(name));
    }

    /** The experiment of an id, in the trash or not. */
    public Optional<Experiment> experimentOf(String id) {
        return experimentAt("get?experiment_id=" + RestClient.encode(id));
    }

    private Optional<Experiment> experimentAt(String path) {
        Service.Experiment found;
        try {
            found = rest.get("experiments/" + path, 0, Service.GetExperimentByName.Response.newBuilder())
                    .getExperiment();
        } catch (ServerFailure e) {
            if (e.kind() == ServerFailure.Kind.MISSING) {
                return Optional.empty();
            }
            throw e;
        }
        if (found.getExperimentId().isEmpty()) {
            throw rest.foreign();
        }
        Map<String, String> tags = new LinkedHashMap<>();
        found.getTagsList().forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
        return Optional.of(new Experiment(
                found.getExperimentId(),
                found.getName(),
                found.getCreationTime(),
                found.getLifecycleStage().equals("active"),
                tags));
    }

    /** Makes an experiment; refused if there is one of the name. */
    public String createExperiment(String name) {
        Service.CreateExperiment request =
                Service.CreateExperiment.newBuilder().setName(name).build();
        String id = client.call(mlflow -> mlflow.createExperiment(request));
        if (id.isEmpty()) {
            throw rest.foreign();
        }
        return id;
    }

    public void tagExperiment(String experiment, String key, String value) {
        run(mlflow -> mlflow.setExperimentTag(experiment, key, value));
    }

    /** The names of experiments that are not in the trash, the newest first; no more than one answer holds. */
    public List<String> experimentNames() {
        Service.SearchExperiments query =
                Service.SearchExperiments.newBuilder().setMaxResults(MOST_NAMES).build();
        return rest
                .post("experiments/search", query, Service.SearchExperiments.Response.newBuilder())
                .getExperimentsList()
                .stream()
                .map(Service.Experiment::getName)
                .toList();
    }

    /** The runs of an experiment, without those in the trash, that carry these tags. */
    public List<Run> search(String experiment, Map<String, String> tags) {
        return search(
                experiment,
                tags.entrySet().stream()
                        .map(tag -> "tags.`" + tag.getKey() + "` = '" + tag.getValue() + "'")
                        .collect(Collectors.joining(" and ")),
                PAGE,
                "");
    }

    /**
     * The runs of an experiment, without those in the trash, the first started first.
     *
     * @param filter in MLflow's words; may be empty
     * @param page how many are asked for at a time
     */
    public List<Run> search(String experiment, String filter, int page) {
        return search(experiment, filter, page, "; leave some out with --filter");
    }

    private List<Run> search(String experiment, String filter, int page, String wayOut) {
        List<Run> found = new ArrayList<>();
        Service.SearchRuns.Builder query = Service.SearchRuns.newBuilder()
                .addExperimentIds(experiment)
                .setFilter(filter)
                .setRunViewType(Service.ViewType.ACTIVE_ONLY)
                .setMaxResults(page)
                .addOrderBy("attributes.start_time ASC");
        while (true) {
            Service.SearchRuns.Response answer = rest.post(
                            "runs/search", query.build(), Service.SearchRuns.Response.newBuilder())
                    .build();
            answer.getRunsList().forEach(run -> found.add(run(run, List.of())));
            if (answer.getNextPageToken().isEmpty()) {
                break;
            }
            if (answer.getRunsCount() == 0) {
                throw rest.foreign();
            }
            if (found.size() > MOST_RUNS) {
                throw rest.endless(MOST_RUNS + " runs" + wayOut);
            }
            query.setPageToken(answer.getNextPageToken());
        }
        return found;
    }

    /** Makes a run; not idempotent: after a failure that is {@link ServerFailure#passing} there may be one or none. */
    public Run create(String experiment, String name, Instant start, Map<String, String> tags) {
        Service.CreateRun.Builder request = Service.CreateRun.newBuilder()
                .setExperimentId(experiment)
                .setRunName(name)
                .setStartTime(start.toEpochMilli());
        tags.forEach((key, value) -> request.addTags(tag(key, value)));
        Service.RunInfo made = client.call(mlflow -> mlflow.createRun(request.build()));
        if (made.getRunId().isEmpty()) {
            throw rest.foreign();
        }
        return run(
                Service.Run.newBuilder()
                        .setInfo(made)
                        .setData(Service.RunData.newBuilder().addAllTags(request.getTagsList()))
                        .build(),
                List.of());
    }

    public Run get(String run) {
        String answer = rest.get("runs/get?run_id=" + RestClient.encode(run));
        Service.Run found =
                rest.read(answer, Service.GetRun.Response.newBuilder()).getRun();
        if (found.getInfo().getRunId().isEmpty()) {
            throw rest.foreign();
        }
        // the messages of the client know no models
        return run(found, LoggedModels.linked(JsonParser.parseString(answer).getAsJsonObject()));
    }

    /** Adds or replaces tags, at most 100. */
    public void setTags(String run, Map<String, String> tags) {
        List<Service.RunTag> batch = new ArrayList<>();
        tags.forEach((key, value) -> batch.add(tag(key, value)));
        run(mlflow -> mlflow.logBatch(run, null, null, batch));
    }

    public void deleteTag(String run, String key) {
        run(mlflow -> mlflow.deleteTag(run, key));
    }

    /**
     * Adds values and params, at most 1,000 of both.
     *
     * @param values of at most 100 metrics, by rising step
     * @param params at most 100
     */
    public void log(String run, List<Value> values, Map<String, String> params) {
        List<Service.Param> named = new ArrayList<>();
        params.forEach((key, value) ->
                named.add(Service.Param.newBuilder().setKey(key).setValue(value).build()));
        List<Service.Metric> batch = values.stream()
                .map(value -> Service.Metric.newBuilder()
                        .setKey(value.key())
                        .setStep(value.step())
                        .setTimestamp(value.time())
                        .setValue(value.value())
                        .build())
                .toList();
        run(mlflow -> mlflow.logBatch(run, batch, named, null));
    }

    /**
     * All values of a metric.
     *
     * @param expected about how many: the deadline grows with them
     */
    public List<Value> history(String run, String key, long expected) {
        // 3.6 takes a request that names no bound for one of zero values
        String query = "metrics/get-history?run_id=" + RestClient.encode(run) + "&metric_key=" + RestClient.encode(key)
                + "&max_results=" + HISTORY_PAGE;
        List<Value> found = new ArrayList<>();
        String token = "";
        do {
            Service.GetMetricHistory.Response page = rest.get(
                            query + (token.isEmpty() ? "" : "&page_token=" + RestClient.encode(token)),
                            expected,
                            Service.GetMetricHistory.Response.newBuilder())
                    .build();
            page.getMetricsList().forEach(metric -> found.add(value(metric)));
            token = page.getNextPageToken();
            if (!token.isEmpty() && (page.getMetricsCount() == 0 || found.size() > MOST_VALUES + 4 * expected)) {
                throw rest.foreign();
            }
        } while (!token.isEmpty());
        return found;
    }

    /** Sets how a run stands: RUNNING, or how and when it ended. */
    public void update(String run, String status, Optional<Instant> end) {
        Service.RunStatus word = Service.RunStatus.valueOf(status);
        if (end.isPresent()) {
            long time = end.get().toEpochMilli();
            run(mlflow -> mlflow.setTerminated(run, word, time));
        } else {
            // the client's own call always sends an end
            post("runs/update", "{\"run_id\":\"" + run + "\",\"status\":\"" + word + "\"}");
        }
    }

    /** Puts a run into the trash, from where a person can restore it. */
    public void delete(String run) {
        // the client's own call does not go by sendPost
        post("runs/delete", "{\"run_id\":\"" + run + "\"}");
    }

    /** Gives back what it holds; the request that is going on is its connection's to end. */
    @Override
    public void close() {
        client.close();
    }

    private void post(String path, String json) {
        run(mlflow -> mlflow.sendPost(path, json));
    }

    private void run(Consumer<MlflowClient> request) {
        client.call(mlflow -> {
            request.accept(mlflow);
            return true;
        });
    }

    private static Service.RunTag tag(String key, String value) {
        return Service.RunTag.newBuilder().setKey(key).setValue(value).build();
    }

    private static Value value(Service.Metric metric) {
        return new Value(metric.getKey(), metric.getStep(), metric.getTimestamp(), metric.getValue());
    }

    private static Run run(Service.Run run, List<String> models) {
        Service.RunInfo info = run.getInfo();
        Map<String, String> params = new LinkedHashMap<>();
        run.getData().getParamsList().forEach(param -> params.put(param.getKey(), param.getValue()));
        Map<String, String> tags = new LinkedHashMap<>();
        run.getData().getTagsList().forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
        Map<String, Value> latest = new LinkedHashMap<>();
        run.getData().getMetricsList().forEach(metric -> latest.put(metric.getKey(), value(metric)));
        return new Run(
                info.getRunId(),
                info.getExperimentId(),
                info.getStatus().name(),
                info.getStartTime(),
                info.getEndTime(),
                info.getArtifactUri(),
                !info.getLifecycleStage().equals("deleted"),
                params,
                tags,
                latest,
                RunInputs.of(run),
                models);
    }
}
