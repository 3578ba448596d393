package dev.ablate.mlflow.image;

import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.note.LoggedRun;
import dev.ablate.worker.exchange.LoggedNote;
import dev.ablate.worker.exchange.RunSink;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Draws what programs log: the run itself gets it beside what Ablate knows of it, and further runs stand below it. */
public final class LoggedImages {

    /** The tag of a further run with the id in MLflow of the run whose program began it. */
    public static final String RUN = "ablate.logged.run";

    /** The tag of a further run with its id in the store. */
    public static final String ID = "ablate.logged.id";

    /** Before names that Ablate uses itself. */
    private static final String APART = "logged/";

    /** What MLflow makes of names and places of runs. */
    private static final Set<String> RESERVED = Set.of(RunImages.PARENT, "mlflow.runName", "mlflow.runColor");

    private static final int LONGEST_PARAM = 6000;
    private static final int LONGEST_TAG = 8000;

    private LoggedImages() {}

    /** Adds what a program logged of the run itself; what Ablate knows goes first. */
    static void add(
            Stored stored,
            Map<String, String> tags,
            Map<String, String> params,
            Map<String, byte[]> files,
            RunImages.Texts texts) {
        LoggedRun main = stored.main();
        params(main, params, texts);
        main.tags().forEach((name, value) -> {
            if (!RESERVED.contains(name)) {
                tags.putIfAbsent(name, texts.within(value, LONGEST_TAG, "tags/" + Keys.file(name) + ".txt"));
            }
        });
        files(LoggedNote.MAIN, stored.files(), files);
    }

    private static void params(LoggedRun run, Map<String, String> params, RunImages.Texts texts) {
        Keys keys = new Keys(run.params().keySet());
        run.params().forEach((name, value) -> {
            String key = keys.of(name);
            String free = params.containsKey(key) ? APART + key : key;
            params.put(free, texts.within(value, LONGEST_PARAM, "params/" + Keys.file(free) + ".txt"));
        });
    }

    private static void files(String run, Map<String, byte[]> stored, Map<String, byte[]> files) {
        String folder = RunSink.LOGGED + run + "/";
        stored.forEach((path, content) -> {
            if (path.startsWith(folder)) {
                String place = path.substring(folder.length());
                files.put(files.containsKey(place) ? APART + place : place, content);
            }
        });
    }

    /**
     * A further run.
     *
     * @param main the run whose program began it, which has ended
     * @param mainId its id in MLflow
     * @param parent the id in MLflow of the run below which it stands
     */
    public static RunImage further(
            LoggedRun run, Map<String, byte[]> stored, RunImage main, String mainId, String parent) {
        RunImages.Texts texts = new RunImages.Texts();
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put(RunImages.ROLE, "logged");
        tags.put(RUN, mainId);
        tags.put(ID, run.id());
        tags.put(RunImages.PARENT, parent);
        String name = run.tags().getOrDefault("mlflow.runName", run.name());
        String label = texts.label(name.isEmpty() ? main.label() + "/" + run.id() : name, tags);
        run.tags().forEach((tag, value) -> {
            if (!RESERVED.contains(tag)) {
                tags.putIfAbsent(tag, texts.within(value, LONGEST_TAG, "tags/" + Keys.file(tag) + ".txt"));
            }
        });
        Map<String, String> params = new LinkedHashMap<>();
        params(run, params, texts);
        Map<String, byte[]> files = new LinkedHashMap<>();
        files(run.id(), stored, files);
        texts.files().forEach(files::putIfAbsent);
        // one that its program did not end has ended with it
        RunStatus status = run.status().isEmpty() ? main.status() : RunStatus.valueOf(run.status());
        Instant start = run.started() > 0 ? Instant.ofEpochMilli(run.started()) : main.start();
        Optional<Instant> end = run.ended() > 0 ? Optional.of(Instant.ofEpochMilli(run.ended())) : main.end();
        return new RunImage(label, start, tags, params, Map.of(), files, status, end.or(() -> Optional.of(start)));
    }

    /** The key of a metric that a program logged, where Ablate measures some, too. */
    public static String key(String name, SeriesNames series) {
        return series.measures(name) ? APART + name : name;
    }
}
