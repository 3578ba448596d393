package dev.ablate.trainers.program.mlflow;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/** Calls about the server, and traces, which are taken and dropped. */
final class ServerCalls {

    private ServerCalls() {}

    static void addTo(Router router) {
        router.add("GET", "server-info", call -> {
            JsonObject info = new JsonObject();
            info.addProperty("store_type", "SqlStore");
            info.addProperty("workspaces_enabled", false);
            info.addProperty("trace_archival_enabled", false);
            info.addProperty("multipart_uploads_enabled", false);
            info.addProperty("multipart_downloads_enabled", false);
            return info;
        });
    }

    /** Whether a call is about traces. */
    static boolean isTrace(String path) {
        return path.equals("v1/traces") || path.equals("traces") || path.startsWith("traces/");
    }

    /** What a client that begins a trace needs to go on: where it may send the rest. */
    static JsonObject trace(Call call) {
        JsonObject answer = call.body().deepCopy();
        JsonElement trace = answer.get("trace");
        JsonObject info = trace instanceof JsonObject whole && whole.get("trace_info") instanceof JsonObject inner
                ? inner
                : new JsonObject();
        String id = Call.text(info, "trace_id");
        if (id.isEmpty()) {
            // clients up to MLflow 2 get its id from the server
            JsonObject old = answer.deepCopy();
            old.addProperty("request_id", "tr-1");
            old.addProperty("status", "IN_PROGRESS");
            answer.add("trace_info", old);
            return answer;
        }
        JsonObject tags = info.get("tags") instanceof JsonObject there ? there : new JsonObject();
        tags.addProperty(
                "mlflow.artifactLocation", "mlflow-artifacts:/" + Runs.EXPERIMENT + "/traces/" + id + "/artifacts");
        info.add("tags", tags);
        return answer;
    }
}
