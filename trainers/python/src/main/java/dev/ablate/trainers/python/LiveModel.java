package dev.ablate.trainers.python;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.ablate.core.data.Matrix;
import dev.ablate.core.training.Model;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What a script has learned, as it is now: each answer is asked of its process, as long as that is there. */
final class LiveModel implements Model {

    private final Session session;
    private final RunFiles files;
    private boolean saves;
    private boolean over;

    LiveModel(Session session, RunFiles files) {
        this.session = session;
        this.files = files;
    }

    /** Takes note of whether the script can save it. */
    LiveModel saves(boolean can) {
        saves = can;
        return this;
    }

    /** Its process ends. */
    void end() {
        over = true;
        session.finish();
    }

    @Override
    public void predict(Matrix rows, double[] answers) {
        if (over) {
            throw new PythonFailure(
                    "a model that has ended with its process: a script with save and load has one that stays");
        }
        JsonObject asked = new JsonObject();
        asked.addProperty("predict", files.of(rows));
        asked.addProperty("into", files.answers());
        session.say(asked);
        session.hear();
        files.read(answers);
        files.forgotten().ifPresent(name -> session.say("forget", new JsonPrimitive(name)));
    }

    @Override
    public Map<String, Double> parameters() {
        return Map.of();
    }

    @Override
    public boolean isStored() {
        return saves;
    }

    @Override
    public void write(OutputStream out) throws IOException {
        Path folder = files.folder().resolve("model");
        Folders.remove(folder);
        Files.createDirectory(folder);
        session.say("save", new JsonPrimitive(folder.toString()));
        session.hear();
        Archive.write(folder, out);
    }
}
