package dev.ablate.trainers.python;

import com.google.gson.JsonObject;
import dev.ablate.core.data.Matrix;
import dev.ablate.core.data.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Begins the processes of runs, and ends them. */
final class Processes {

    private final Servers servers;

    Processes(Servers servers) {
        this.servers = servers;
    }

    /**
     * Whose process it is.
     *
     * @param schema of the rows that it learns from
     */
    record Asked(PythonOptions options, Schema schema, int threads) {}

    /** What is done with a process. */
    interface Use<T> {
        T of(Session session, RunFiles files) throws IOException;
    }

    /** What a run has printed. */
    interface Output {
        void is(Path file);
    }

    /**
     * Uses a process, which ends then.
     *
     * @param output gets a file with what was printed, if anything was
     */
    <T> T with(Asked asked, Lines.Cancelled cancelled, LongSupplier seed, Output output, Use<T> use) {
        Launch launch = Launch.of(asked.options(), asked.threads());
        Begun begun = begin(launch, cancelled);
        Path folder = begun.server().newFolder();
        Printed printed = new Printed(folder.resolve("printed.txt"));
        Session session = new Session(launch, begun.connection(), printed, cancelled, seed);
        try (RunFiles files = new RunFiles(folder, asked.schema().outputs())) {
            return use.of(session, files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            try {
                if (!session.isLeaving()) {
                    session.close();
                }
                keep(begun.server(), folder, printed, output);
            } finally {
                servers.leave(() -> {
                    session.close();
                    Folders.remove(folder);
                });
            }
        }
    }

    private record Begun(Server server, Connection connection) {}

    private Begun begin(Launch launch, Lines.Cancelled cancelled) {
        servers.awaitLeft();
        Server server = servers.of(launch, cancelled);
        try {
            return new Begun(server, server.connect());
        } catch (IOException e) {
            // it has ended since it was looked at, as nobody had asked it for a while
            servers.forget(server);
        }
        Server another = servers.of(launch, cancelled);
        try {
            return new Begun(another, another.connect());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void keep(Server server, Path folder, Printed printed, Output output) {
        String text = new Printed(server.imported()).text() + printed.text();
        if (text.isEmpty()) {
            return;
        }
        Path file = folder.resolve("output.txt");
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        output.is(file);
    }

    /** What the data are, for the script. */
    static JsonObject begins(Asked asked, RunFiles files) {
        JsonObject about = new JsonObject();
        Schema schema = asked.schema();
        about.add("features", Json.list(schema.featureNames()));
        about.addProperty("name", schema.target().map(column -> column.name()).orElse(""));
        about.addProperty(
                "task",
                schema.task()
                        .map(task -> task.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .orElse(""));
        about.add("labels", Json.list(schema.classes()));
        JsonObject begins = new JsonObject();
        begins.addProperty("folder", files.folder().toString());
        begins.addProperty("into", AnswersFile.NAME);
        begins.add("about", about);
        return begins;
    }

    /** Has a saved model answer rows. */
    void answer(Asked asked, byte[] archive, Matrix rows, double[] answers) {
        Lines.Cancelled never = () -> false;
        LongSupplier none = () -> {
            throw new PythonFailure("a draw of chance, which a model that is loaded has not");
        };
        with(asked, never, none, file -> {}, (session, files) -> {
            Path model = files.folder().resolve("model");
            Files.createDirectory(model);
            Archive.unpack(archive, model);
            JsonObject begins = begins(asked, files);
            begins.addProperty("load", model.toString());
            session.say(begins);
            session.hear();
            LiveModel live = new LiveModel(session, files);
            live.predict(rows, answers);
            live.end();
            return answers;
        });
    }
}
