package dev.ablate.trainers.python;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** What is said to the process of one run, and heard of it, a line of JSON each. */
final class Session implements AutoCloseable {

    private static final String ERROR = "error";
    private static final String ENDED = "ended";
    private static final String OVER = "over";
    private static final String PROCESS = "pid";
    private static final int KILL = -9;

    private final Launch launch;
    private final Connection connection;
    private final Printed printed;
    private final Lines.Cancelled cancelled;
    private final LongSupplier seed;
    private final Lines lines;

    /** Heard before all else; empty until then. */
    private OptionalLong process = OptionalLong.empty();

    private boolean ended;

    /** Whether it ends by itself. */
    private boolean leaving;

    /**
     * One that has just begun, and is not waited for.
     *
     * @param seed asked where the script draws
     */
    Session(Launch launch, Connection connection, Printed printed, Lines.Cancelled cancelled, LongSupplier seed) {
        this.launch = launch;
        this.connection = connection;
        this.printed = printed;
        this.cancelled = () -> {
            printed.look();
            return cancelled.now();
        };
        this.seed = seed;
        this.lines = new Lines(connection.in());
    }

    void say(JsonObject message) {
        try {
            connection.write((message + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // how it has ended is heard
            while (true) {
                hear();
            }
        }
    }

    /** Says that nothing more is asked: the process prints what is left, and ends by itself. */
    void finish() {
        leaving = true;
        say("end", new JsonPrimitive(true));
        hears(OVER, 1);
    }

    /** Whether its process ends by itself, and nothing more comes of it. */
    boolean isLeaving() {
        return leaving;
    }

    /** Says one thing. */
    void say(String name, JsonElement value) {
        JsonObject message = new JsonObject();
        message.add(name, value);
        say(message);
    }

    /**
     * What is said next, but for what is answered here.
     *
     * @throws PythonFailure if the script has failed
     * @throws Interrupted if the run is to end
     */
    JsonObject hear() {
        while (true) {
            Optional<String> line = lines.next(cancelled);
            if (line.isEmpty()) {
                throw end(connection.code());
            }
            JsonObject heard = parsed(line.get());
            if (heard.has(PROCESS)) {
                process = OptionalLong.of(heard.get(PROCESS).getAsLong());
            } else if (heard.has("seed")) {
                JsonObject answer = new JsonObject();
                answer.addProperty("seed", seed.getAsLong());
                say(answer);
            } else if (heard.has(ERROR)) {
                leaving = true;
                throw failure(heard, launch);
            } else if (heard.has(ENDED)) {
                throw end(OptionalInt.of(heard.get(ENDED).getAsInt()));
            } else {
                return heard;
            }
        }
    }

    private static JsonObject parsed(String line) {
        try {
            return JsonParser.parseString(line).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw new PythonFailure("a line that does not answer: " + line);
        }
    }

    /** What a script or its import threw, for a person. */
    static PythonFailure failure(JsonObject heard, Launch launch) {
        String error = heard.get(ERROR).getAsString();
        String place = heard.get("place").getAsString();
        String where = place.isEmpty() ? "" : " (" + place + ")";
        String missing = error.startsWith("ModuleNotFoundError") ? "; the interpreter is " + launch.python() : "";
        return new PythonFailure(error + where + missing);
    }

    private PythonFailure end(OptionalInt code) {
        ended = true;
        if (code.isEmpty()) {
            return new PythonFailure("an end of its process" + printed.lastLines());
        }
        int number = code.getAsInt();
        String how = number < 0 ? "signal " + -number : "exit code " + number;
        String why = number == KILL ? " (as Linux ends what takes too much memory)" : "";
        return new PythonFailure(how + why + printed.lastLines());
    }

    /** Ends the process, and waits for that; the thread stays interrupted if it is. Once it has ended, nothing more is done. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            if (!ended) {
                await();
            }
            connection.close();
        } catch (IOException e) {
            // nobody is at the other side
        } finally {
            ended = true;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void await() {
        if (leaving && hears(ENDED, 1)) {
            return;
        }
        if (process.isEmpty() && !hearsWhich()) {
            // it ends as soon as it finds that nobody is at the other side
            return;
        }
        connection.end(process.getAsLong());
        if (!hears(ENDED, Server.PATIENCE_SECONDS + 2)) {
            ProcessHandle.of(process.getAsLong()).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    /** Waits for what is heard first; false where that is another thing. */
    private boolean hearsWhich() {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(Server.PATIENCE_SECONDS);
        try {
            Optional<JsonObject> first =
                    lines.next(() -> System.nanoTime() > until).map(Session::parsed);
            first.filter(heard -> heard.has(PROCESS))
                    .ifPresent(heard ->
                            process = OptionalLong.of(heard.get(PROCESS).getAsLong()));
            return process.isPresent();
        } catch (Interrupted e) {
            return false;
        }
    }

    /** Waits for one thing alone, or the end of all. */
    private boolean hears(String what, int seconds) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        try {
            while (true) {
                Optional<String> line = lines.next(() -> System.nanoTime() > until);
                ended |= line.isEmpty() || line.get().contains(ENDED);
                if (ended || line.get().contains(what)) {
                    return true;
                }
            }
        } catch (Interrupted e) {
            return false;
        }
    }
}
