package dev.ablate.trainers.python;

import com.google.gson.JsonPrimitive;
import dev.ablate.core.data.Matrix;
import dev.ablate.core.training.Model;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a script has learned, as it is now: its process answers, as long as it is there.
 *
 * <p>With each report the process answers what is measured without being asked, and says so; other rows it is asked.
 */
final class LiveModel implements Model {

    private final Session session;
    private final RunFiles files;
    private boolean saves;
    private boolean over;

    /** Whether nothing more comes of the last report. */
    private boolean answered = true;

    LiveModel(Session session, RunFiles files) {
        this.session = session;
        this.files = files;
    }

    /** Takes note of whether the script can save it. */
    LiveModel saves(boolean can) {
        saves = can;
        return this;
    }

    /** It is another one from now on, whose answers to what is measured are on their way. */
    LiveModel reported() {
        answered = false;
        return this;
    }

    /**
     * Waits for the answers to what is measured.
     *
     * @throws PythonFailure if the model cannot answer
     */
    void await() {
        if (!answered) {
            session.hear();
            answered = true;
        }
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
        await();
        if (!files.isMeasured(rows)) {
            session.say(files.asked(rows));
            session.hear();
        }
        files.read(rows, answers);
        files.forgotten().ifPresent(session::say);
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
        await();
        Path folder = files.folder().resolve("model");
        Folders.remove(folder);
        Files.createDirectory(folder);
        session.say("save", new JsonPrimitive(folder.toString()));
        session.hear();
        Archive.write(folder, out);
    }
}
