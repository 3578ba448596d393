package dev.ablate.mlflow.results;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mlflow.api.proto.Service;
import org.mlflow.tracking.MlflowClient;

/** An experiment that another program logs to MLflow, by MLflow's own client. */
public final class ForeignLog implements AutoCloseable {

    private final MlflowClient client;
    private final String id;
    private long clock = 1_700_000_000_000L;

    /** An experiment of a name that no other test has. */
    public ForeignLog(URI server, String experiment) {
        this.client = new MlflowClient(server.toString());
        this.id = client.createExperiment(experiment);
    }

    /** The experiment's id. */
    public String id() {
        return id;
    }

    /** A run, which {@link Run#end} logs. */
    public Run run(String name) {
        return new Run(name);
    }

    /** The runs of two variants over ten seeds, as params: the deep one is better by about 0.05. */
    public void twoVariants() {
        for (int seed = 1; seed <= 10; seed++) {
            for (String depth : List.of("3", "6")) {
                run("depth-" + depth + "-" + seed)
                        .param("depth", depth)
                        .param("seed", Integer.toString(seed))
                        .metric("acc", 0.5, accuracy(depth, seed))
                        .metric("test/accuracy", accuracy(depth, seed))
                        .end("FINISHED");
            }
        }
    }

    /** What {@link #twoVariants} ends with. */
    public static double accuracy(String depth, int seed) {
        return 0.7 + seed / 100.0 + (depth.equals("6") ? 0.05 + (seed % 3) / 1000.0 : 0);
    }

    /** Puts a run into the trash. */
    public void delete(String run) {
        client.deleteRun(run);
    }

    /** The runs that are not in the trash. */
    public List<Service.Run> active() {
        return client.searchRuns(List.of(id), "", Service.ViewType.ACTIVE_ONLY, 1000)
                .getItems();
    }

    @Override
    public void close() {
        client.close();
    }

    /** A run as a program logs it. */
    public final class Run {

        private final String name;
        private final Map<String, String> params = new LinkedHashMap<>();
        private final Map<String, String> tags = new LinkedHashMap<>();
        private final Map<String, double[]> metrics = new LinkedHashMap<>();

        private Run(String name) {
            this.name = name;
        }

        public Run param(String key, String value) {
            params.put(key, value);
            return this;
        }

        public Run tag(String key, String value) {
            tags.put(key, value);
            return this;
        }

        /**
         * With the values of a metric.
         *
         * @param values of the steps 0, 1, ...
         */
        public Run metric(String key, double... values) {
            metrics.put(key, values.clone());
            return this;
        }

        /** Logs it, and returns its id. */
        public String end(String status) {
            clock += 1000;
            String run = client.createRun(Service.CreateRun.newBuilder()
                            .setExperimentId(id)
                            .setRunName(name)
                            .setStartTime(clock)
                            .build())
                    .getRunId();
            List<Service.Metric> points = new ArrayList<>();
            metrics.forEach((key, values) -> {
                for (int step = 0; step < values.length; step++) {
                    points.add(Service.Metric.newBuilder()
                            .setKey(key)
                            .setValue(values[step])
                            .setStep(step)
                            .setTimestamp(clock + step)
                            .build());
                }
            });
            List<Service.Param> named = new ArrayList<>();
            params.forEach((key, value) -> named.add(
                    Service.Param.newBuilder().setKey(key).setValue(value).build()));
            List<Service.RunTag> tagged = new ArrayList<>();
            tags.forEach((key, value) -> tagged.add(
                    Service.RunTag.newBuilder().setKey(key).setValue(value).build()));
            client.logBatch(run, points, named, tagged);
            if (!status.equals("RUNNING")) {
                client.setTerminated(run, Service.RunStatus.valueOf(status));
            }
            return run;
        }
    }
}
