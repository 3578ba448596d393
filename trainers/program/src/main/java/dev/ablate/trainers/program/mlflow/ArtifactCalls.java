package dev.ablate.trainers.program.mlflow;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Calls about files of runs and models. */
final class ArtifactCalls {

    /** The place of files of traces, which are dropped. */
    private static final String TRACES = Runs.EXPERIMENT + "/traces/";

    private static final String MODELS = "models";
    private static final int FIXED = 3;

    private final Runs runs;
    private final Models models;
    private final ArtifactFiles files;

    ArtifactCalls(Runs runs, Models models, ArtifactFiles files) {
        this.runs = runs;
        this.models = models;
        this.files = files;
    }

    void addTo(Router router) {
        router.add("GET", "artifacts/list", call -> {
            String root =
                    ArtifactFiles.address(Runs.EXPERIMENT, runs.get(call.run()).id());
            JsonObject answer = listed(root.substring(root.indexOf('/') + 1), call.text("path"), true);
            answer.addProperty("root_uri", root);
            return answer;
        });
        router.add("GET", "logged-models/*/artifacts/directories", call -> {
            String root = models.address(models.get(call.part(2)));
            JsonObject answer =
                    listed(root.substring(root.indexOf('/') + 1), call.text("artifact_directory_path"), true);
            answer.addProperty("root_uri", root);
            return answer;
        });
    }

    /** What lies below a place, as the service of files lists it. */
    JsonObject list(String place) {
        return listed(place, "", false);
    }

    /** @param whole whether paths are given from the root, and not the last names alone */
    private JsonObject listed(String root, String path, boolean whole) {
        String place = path.isEmpty() ? root : root + "/" + path;
        String before = whole && !path.isEmpty() ? path + "/" : "";
        JsonArray all = new JsonArray();
        for (Path file : files.list(place)) {
            JsonObject listed = new JsonObject();
            boolean folder = Files.isDirectory(file);
            listed.addProperty("path", before + file.getFileName());
            listed.addProperty("is_dir", folder);
            if (!folder) {
                listed.addProperty("file_size", size(file));
            }
            all.add(listed);
        }
        return Call.only("files", all);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether what is sent to a place is dropped. */
    static boolean isTrace(String place) {
        return place.startsWith(TRACES);
    }

    /**
     * Stores a file.
     *
     * @param place {@code 1/RUN/artifacts/PATH} or {@code 1/models/MODEL/artifacts/PATH}
     * @param part what was sent
     */
    void put(String place, Path part) throws IOException {
        files.place(place);
        List<String> names = List.of(place.split("/", -1));
        boolean ofModel = names.size() > 1 && names.get(1).equals(MODELS);
        int at = ofModel ? FIXED : 2;
        if (names.size() <= at + 1
                || !names.get(0).equals(Runs.EXPERIMENT)
                || !names.get(at).equals("artifacts")) {
            throw ApiError.invalid("Invalid path: '" + place + "'");
        }
        String path = names.stream().skip(at + 1L).collect(Collectors.joining("/"));
        // stored first: what cannot be stored is not there for its client either
        if (ofModel) {
            Models.Model model = models.get(names.get(2));
            files.requireRoom(place, part);
            model.run().notes().artifact(model.folder() + "/" + path, part);
        } else {
            ClientRun run = runs.get(names.get(1));
            files.requireRoom(place, part);
            runs.take();
            run.notes().artifact(path, part);
        }
        files.put(place, part);
    }

    /** The file at a place. */
    Path get(String place) {
        return files.existing(place);
    }
}
