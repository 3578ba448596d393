package dev.ablate.mlflow.server;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.ablate.worker.task.ThisProgram;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of the managed server, kept in {@code server.json}.
 *
 * @param port where it listens, or listened last
 * @param version of MLflow
 * @param started when it was started
 * @param ready whether it was seen to answer
 * @param host the name of the host that it was started on, whose processes these are; empty where an older version started it
 * @param processes those that it consists of, the first one started first; empty when it was ended
 */
record ServerRecord(int port, String version, Instant started, boolean ready, String host, List<Member> processes) {

    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

    ServerRecord {
        processes = List.copyOf(processes);
    }

    /**
     * A process of the server.
     *
     * @param pid the system's number for it, which is given again once it has ended
     * @param start when it began by the system's account, in milliseconds since 1970; 0 where that is not known
     */
    record Member(long pid, long start) {
        static Member of(ProcessHandle process) {
            return new Member(
                    process.pid(),
                    process.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
        }
    }

    /** Of a server that was started just now, or found, and has not been seen to answer. */
    static ServerRecord begun(int port, Instant started, List<ProcessHandle> processes) {
        return new ServerRecord(port, PythonEnvironment.MLFLOW, started, false, here(), members(processes));
    }

    /** The name of this host. */
    static String here() {
        return ThisProgram.host(Map.of()).orElse("");
    }

    /** Whether it was started on another host, and not ended there. */
    boolean isOfAnotherHost() {
        return !host.isEmpty() && !processes.isEmpty() && !host.equals(here());
    }

    private static List<Member> members(List<ProcessHandle> processes) {
        return ServerProcesses.withDescendants(processes).stream()
                .map(Member::of)
                .toList();
    }

    /** With these processes, and what they have started, in place of those that were. */
    ServerRecord with(List<ProcessHandle> now) {
        return new ServerRecord(port, version, started, ready, here(), members(now));
    }

    /** Seen to answer with this version. */
    ServerRecord answering(String now) {
        return new ServerRecord(port, now, started, true, host, processes);
    }

    /** With data of another version. */
    ServerRecord withVersion(String other) {
        return new ServerRecord(port, other, started, ready, host, processes);
    }

    /** Without processes; its port is tried first next time. */
    ServerRecord ended() {
        return new ServerRecord(port, version, started, false, host, List.of());
    }

    /** Reads it; a file that is not there, or not a record, gives nothing. */
    static Optional<ServerRecord> read(Path file) throws IOException {
        try {
            JsonObject json = JsonParser.parseString(Files.readString(file, StandardCharsets.UTF_8))
                    .getAsJsonObject();
            List<Member> processes = new ArrayList<>();
            for (JsonElement process : json.getAsJsonArray("processes")) {
                JsonObject member = process.getAsJsonObject();
                processes.add(new Member(
                        member.get("pid").getAsLong(), member.get("start").getAsLong()));
            }
            return Optional.of(new ServerRecord(
                    json.get("port").getAsInt(),
                    json.get("version").getAsString(),
                    Instant.parse(json.get("started").getAsString()),
                    json.get("ready").getAsBoolean(),
                    json.has("host") ? json.get("host").getAsString() : "",
                    processes));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JsonParseException
                | IllegalStateException
                | NullPointerException
                | ClassCastException
                | IllegalArgumentException
                | DateTimeException
                | CharacterCodingException notARecord) {
            return Optional.empty();
        }
    }

    /** Writes it so that a reader sees the old one or the new one, never a part. */
    void write(Path file) throws IOException {
        JsonObject json = new JsonObject();
        json.addProperty("port", port);
        json.addProperty("version", version);
        json.addProperty("started", started.toString());
        json.addProperty("ready", ready);
        json.addProperty("host", host);
        JsonArray members = new JsonArray();
        for (Member process : processes) {
            JsonObject member = new JsonObject();
            member.addProperty("pid", process.pid());
            member.addProperty("start", process.start());
            members.add(member);
        }
        json.add("processes", members);
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, GSON.toJson(json) + "\n", StandardCharsets.UTF_8);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
