package dev.ablate.mlflow.delivery;

import dev.ablate.mlflow.client.Artifacts;
import dev.ablate.mlflow.client.MlflowServer;
import dev.ablate.mlflow.image.RunImage;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sends params, tags, status and files of one run, each only where the server has it otherwise.
 *
 * <p>All of it may be sent by anyone and any number of times: the last word counts.
 */
final class RunSender {

    /** MLflow's bound of one request. */
    private static final int MOST_PARAMS = 100;

    /** Of the 1,000,000 bytes that a request may have, what params may take before quotes and escapes. */
    private static final int MOST_CHARACTERS = 150_000;

    /** Likewise where points are sent with them. */
    private static final int FEW_CHARACTERS = 20_000;

    private final MlflowServer server;
    private final Artifacts artifacts;

    /** Files that the server took, by path, with the digest of their content. */
    private final Map<String, String> sent = new HashMap<>();

    private MlflowServer.Run state;

    /** @param state the run as the server has it */
    RunSender(MlflowServer server, Artifacts artifacts, MlflowServer.Run state) {
        this.server = server;
        this.artifacts = artifacts;
        this.state = state;
    }

    /** The run as the server has it, as far as known. */
    MlflowServer.Run state() {
        return state;
    }

    /** The run as the server has it now. */
    MlflowServer.Run refresh() {
        state = server.get(state.id());
        return state;
    }

    /**
     * Sends params.
     *
     * @return those of the last request, which is not sent: they are few enough to go with points
     */
    Map<String, String> sendMostParams(RunImage image) {
        Map<String, String> batch = new LinkedHashMap<>();
        int characters = 0;
        for (Map.Entry<String, String> param : image.params().entrySet()) {
            if (state.params().containsKey(param.getKey())) {
                continue;
            }
            int length = param.getKey().length() + param.getValue().length();
            if (batch.size() == MOST_PARAMS || characters + length > MOST_CHARACTERS) {
                sendParams(batch);
                batch.clear();
                characters = 0;
            }
            batch.put(param.getKey(), param.getValue());
            characters += length;
        }
        if (characters > FEW_CHARACTERS) {
            sendParams(batch);
            batch.clear();
        }
        return batch;
    }

    /** @param batch as many as one request takes */
    void sendParams(Map<String, String> batch) {
        if (!batch.isEmpty()) {
            server.log(state.id(), List.of(), batch);
            haveParams(batch);
        }
    }

    /** The server took params. */
    void haveParams(Map<String, String> params) {
        state.params().putAll(params);
    }

    /** @param obsolete names of tags that go where they are not among these */
    void sendTags(Map<String, String> tags, String... obsolete) {
        Map<String, String> changed = new LinkedHashMap<>(tags);
        changed.entrySet().removeIf(tag -> tag.getValue().equals(state.tags().get(tag.getKey())));
        if (!changed.isEmpty()) {
            server.setTags(state.id(), changed);
            state.tags().putAll(changed);
        }
        for (String name : obsolete) {
            if (state.tags().containsKey(name) && !tags.containsKey(name)) {
                server.deleteTag(state.id(), name);
                state.tags().remove(name);
            }
        }
    }

    /** @param end empty while it runs */
    void sendStatus(String status, Optional<Instant> end) {
        long time = end.map(Instant::toEpochMilli).orElse(state.end());
        if (!state.status().equals(status) || state.end() != time) {
            server.update(state.id(), status, end);
            state = state.with(status, time);
        }
    }

    /** Files by path. */
    void sendFiles(Map<String, byte[]> files) {
        files.forEach((path, content) -> {
            String digest = RunImage.digest(content);
            if (!digest.equals(sent.get(path))) {
                artifacts.put(state.artifacts(), path, content);
                sent.put(path, digest);
            }
        });
    }

    /** Of the files of a run, sends these again the next time. */
    void forgetFiles(RunImage image, Set<String> paths) {
        image.files().forEach((path, content) -> {
            if (paths.contains(path)) {
                sent.remove(path);
            } else {
                sent.put(path, RunImage.digest(content));
            }
        });
    }
}
