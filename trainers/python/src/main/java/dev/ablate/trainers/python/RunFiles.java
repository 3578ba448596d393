package dev.ablate.trainers.python;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Matrix;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files by which a run's process gets rows and gives answers. */
final class RunFiles implements AutoCloseable {

    /** Of rows that are asked of a model besides those that are measured. */
    private static final int MOST = 4;

    private final Path folder;

    /** How many numbers answer a row. */
    private final int outputs;

    private final AnswersFile answers;

    /** Parts of the data, which are answered again and again. */
    private final List<Known> measured = new ArrayList<>();

    private final List<Known> others = new ArrayList<>();
    private int count;

    /** Where the answers to what is measured end. */
    private long end;

    RunFiles(Path folder, int outputs) {
        this.folder = folder;
        this.outputs = outputs;
        this.answers = new AnswersFile(folder);
    }

    /**
     * Rows that are in a file.
     *
     * @param at the byte at which the answers to them begin
     */
    private record Known(Matrix rows, String name, long at) {

        JsonObject asked() {
            JsonObject asked = new JsonObject();
            asked.addProperty("rows", name);
            asked.addProperty("at", at);
            return asked;
        }
    }

    Path folder() {
        return folder;
    }

    @SuppressWarnings("ReferenceEquality") // the values may be many
    private static Optional<Known> find(List<Known> among, Matrix rows) {
        return among.stream().filter(each -> each.rows() == rows).findFirst();
    }

    /** The name of a new file of rows that are measured. */
    String measured(Matrix rows) {
        Known known = written(rows);
        measured.add(known);
        end += (long) rows.size() * outputs * Double.BYTES;
        return known.name();
    }

    private Known written(Matrix rows) {
        String name = "rows-" + ++count + ".npy";
        Npy.write(folder.resolve(name), rows);
        return new Known(rows, name, end);
    }

    /** What is asked at each report: all that is measured. */
    JsonArray measured() {
        JsonArray asked = new JsonArray();
        measured.forEach(each -> asked.add(each.asked()));
        return asked;
    }

    boolean isMeasured(Matrix rows) {
        return find(measured, rows).isPresent();
    }

    /** What is asked of a model to have it answer other rows. */
    JsonObject asked(Matrix rows) {
        return find(others, rows)
                .orElseGet(() -> {
                    Known known = written(rows);
                    others.add(known);
                    return known;
                })
                .asked();
    }

    /** What is to be said of a file of such rows that is no longer needed, which is removed. */
    Optional<JsonObject> forgotten() {
        if (others.size() <= MOST) {
            return Optional.empty();
        }
        String name = others.remove(0).name();
        Folders.remove(folder.resolve(name));
        JsonObject forget = new JsonObject();
        forget.add("forget", new JsonPrimitive(name));
        return Optional.of(forget);
    }

    /** Reads what was answered. */
    void read(Matrix rows, double[] into) {
        answers.read(find(measured, rows).map(Known::at).orElse(end), into);
    }

    /** Rows and targets of a part that is measured, by the names of their files. */
    JsonObject of(Examples examples, String part) {
        String targets = part + "-targets.npy";
        Npy.write(folder.resolve(targets), examples.targets());
        JsonObject names = new JsonObject();
        names.addProperty("rows", measured(examples.rows()));
        names.addProperty("targets", targets);
        return names;
    }

    @Override
    public void close() {
        answers.close();
    }
}
