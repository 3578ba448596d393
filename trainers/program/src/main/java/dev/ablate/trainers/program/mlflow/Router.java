package dev.ablate.trainers.program.mlflow;

import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds who answers a call; one call is answered at a time. */
final class Router {

    /** What comes before the name of a call. */
    private static final Pattern PREFIX = Pattern.compile("^/(api|ajax-api)/\\d+\\.\\d+/(preview/)?(mlflow/)?");

    private final Map<String, Handler> fixed = new LinkedHashMap<>();
    private final Map<Pattern, Handler> patterns = new LinkedHashMap<>();

    /** Answers a call. */
    interface Handler {
        /**
         * Answers it.
         *
         * @throws ApiError if it is not fulfilled
         */
        JsonObject answer(Call call);
    }

    /** @param path of names and {@code *}, which stands for any one name */
    void add(String method, String path, Handler handler) {
        if (path.contains("*")) {
            patterns.put(Pattern.compile(method + " " + path.replace("*", "[^/]+")), handler);
        } else {
            fixed.put(method + " " + path, handler);
        }
    }

    /** The name of a call by its path. */
    static String name(String path) {
        return PREFIX.matcher(path).replaceFirst("").replaceFirst("^/", "");
    }

    /** @throws ApiError if it is not fulfilled, or there is none such */
    synchronized JsonObject answer(Call call) {
        String asked = call.method() + " " + call.path();
        Handler handler = fixed.get(asked);
        if (handler == null) {
            handler = patterns.entrySet().stream()
                    .filter(entry -> entry.getKey().matcher(asked).matches())
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElseThrow(() -> ApiError.unknown("Ablate does not know the call " + asked
                            + "; it takes what clients log to a run, and is not a whole MLflow server"));
        }
        return handler.answer(call);
    }
}
