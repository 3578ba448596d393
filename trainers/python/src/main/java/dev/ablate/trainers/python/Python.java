package dev.ablate.trainers.python;

import com.google.gson.JsonObject;
import dev.ablate.core.data.Schema;
import dev.ablate.core.data.Task;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Trainer;
import dev.ablate.core.training.Training;
import dev.ablate.trainers.python.Processes.Asked;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Trains by a script, in a process for each run; what that has learned answers rows, and the runner measures. */
final class Python implements Trainer<PythonOptions> {

    /** Of all runs of this process: an interpreter waits for the next one. */
    private static final Servers SERVERS = new Servers(Server.canFork());

    private final Processes processes;

    Python() {
        this(SERVERS);
    }

    Python(Servers servers) {
        this.processes = new Processes(servers);
    }

    @Override
    public boolean fits(Task task) {
        return true;
    }

    @Override
    public Model train(PythonOptions options, Training training) {
        Asked asked = new Asked(options, training.schema(), training.threads());
        try {
            return processes.with(
                    asked,
                    training::cancelled,
                    training::seed,
                    training::keep,
                    (session, files) -> train(asked, session, files, training));
        } catch (Interrupted e) {
            // throws what ends the run
            training.report(0, "cancelled", 0);
            throw new PythonFailure("an interrupt");
        }
    }

    private Model train(Asked asked, Session session, RunFiles files, Training training) throws IOException {
        JsonObject begins = Processes.begins(asked, files);
        JsonObject data = files.of(training.examples(), "train");
        training.validation().ifPresent(part -> data.add("validation", files.of(part, "validation")));
        training.testRows().ifPresent(files::measured);
        begins.add("data", data);
        begins.add("measured", files.measured());
        begins.addProperty("ahead", !training.mayStop());
        PythonOptions options = asked.options();
        begins.add("options", Json.map((options.script().isPresent() ? options.options() : options.params()).values()));
        session.say(begins);
        Optional<Installed> installed = Installed.of(options.python().command());
        if (installed.isPresent()) {
            Path text = files.folder().resolve("environment.txt");
            training.keep(Files.writeString(text, installed.get().text()));
        }
        LiveModel live = new LiveModel(session, files);
        JsonObject heard = session.hear();
        while (!heard.has("trained")) {
            boolean goesOn = training.after(
                    heard.get("step").getAsLong(),
                    heard.get("total").getAsLong(),
                    live.saves(heard.get("saves").getAsBoolean()).reported());
            live.await();
            JsonObject answer = new JsonObject();
            if (goesOn) {
                answer.addProperty("next", training.nextMeasured());
            } else {
                answer.addProperty("stop", true);
            }
            session.say(answer);
            heard = session.hear();
        }
        live.saves(heard.get("saves").getAsBoolean());
        if (!heard.get("stopped").getAsBoolean()) {
            long total = heard.get("total").getAsLong();
            training.after(total, total, live.reported());
            live.await();
        }
        Model model = stored(asked, live);
        live.end();
        return model;
    }

    /** As it is once the process has ended. */
    private Model stored(Asked asked, LiveModel live) throws IOException {
        if (!live.isStored()) {
            return live;
        }
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        live.write(written);
        return new SavedModel(processes, asked, written.toByteArray());
    }

    @Override
    public Model restore(PythonOptions options, Schema schema, InputStream in) throws IOException {
        // one that was stored is asked by one person at a time
        return new SavedModel(processes, new Asked(options, schema, 1), Archive.read(in));
    }
}
