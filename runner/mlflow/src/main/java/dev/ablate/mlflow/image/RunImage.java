package dev.ablate.mlflow.image;

import dev.ablate.engine.runs.RunStatus;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run in MLflow is to look like, all but its points.
 *
 * @param label its name in MLflow and in messages: {@code bias/seed=42}
 * @param start when it began
 * @param tags by name, each within MLflow's bounds
 * @param params by key, each within MLflow's bounds
 * @param results numbers that are known once for the run, not by update
 * @param files by path
 * @param status how far it came
 * @param end when it ended; empty while it runs, or where only its last point says it
 */
public record RunImage(
        String label,
        Instant start,
        Map<String, String> tags,
        Map<String, String> params,
        Map<String, Double> results,
        Map<String, byte[]> files,
        RunStatus status,
        Optional<Instant> end) {

    public RunImage {
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
        results = Collections.unmodifiableMap(new LinkedHashMap<>(results));
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }

    /** Whether nothing more is to come. */
    public boolean ended() {
        return status != RunStatus.RUNNING;
    }

    /** SHA-256 of everything that is sent, but for the start, which nobody can change later. */
    public String digest() {
        Digest digest = new Digest()
                .add(tags)
                .add(params)
                .add(results)
                .add(status.name())
                .add(end.map(Instant::toString).orElse(""));
        files.forEach((path, content) -> digest.add(path).add(content));
        return digest.hex();
    }

    /** SHA-256 of the content of one of the files. */
    public static String digest(byte[] content) {
        return new Digest().add(content).hex();
    }

    /** Without the tags of {@link CodeTags}: of a run that another home trained they are that home's. */
    public RunImage withoutCode() {
        Map<String, String> rest = new LinkedHashMap<>(tags);
        rest.keySet().removeIf(CodeTags::isOne);
        return new RunImage(label, start, rest, params, results, files, status, end);
    }

    /** Without the files of models that are delivered as such. */
    public RunImage without(List<ProgramModel> models) {
        if (models.isEmpty()) {
            return this;
        }
        Map<String, byte[]> rest = new LinkedHashMap<>(files);
        rest.entrySet().removeIf(file -> models.stream().anyMatch(model -> model.has(file.getKey(), file.getValue())));
        return new RunImage(label, start, tags, params, results, rest, status, end);
    }

    /** With a file added. */
    RunImage withFile(String path, byte[] content) {
        Map<String, byte[]> more = new LinkedHashMap<>(files);
        more.put(path, content);
        return new RunImage(label, start, tags, params, results, more, status, end);
    }
}
