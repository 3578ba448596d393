package dev.ablate.trainers.python;

import com.google.gson.JsonObject;
import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Matrix;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files by which a run's process gets rows and gives answers. */
final class RunFiles {

    private static final String ANSWERS = "answers.npy";

    /** Of the parts of the data, which are asked again and again, and some others. */
    private static final int MOST = 8;

    private final Path folder;
    private final List<Known> known = new ArrayList<>();
    private int count;

    RunFiles(Path folder) {
        this.folder = folder;
    }

    private record Known(Matrix rows, String name) {}

    Path folder() {
        return folder;
    }

    /** The name of a file of them. */
    @SuppressWarnings("ReferenceEquality") // the values may be many
    String of(Matrix rows) {
        for (Known each : known) {
            if (each.rows() == rows) {
                return each.name();
            }
        }
        String name = "rows-" + ++count + ".npy";
        Npy.write(folder.resolve(name), rows);
        known.add(new Known(rows, name));
        return name;
    }

    /** A file that is no longer needed; it is removed, and whoever has it open should forget it. */
    Optional<String> forgotten() {
        if (known.size() <= MOST) {
            return Optional.empty();
        }
        // the first are those of the data
        String name = known.remove(MOST / 2).name();
        Folders.remove(folder.resolve(name));
        return Optional.of(name);
    }

    /** Rows and targets, by the names of their files. */
    JsonObject of(Examples examples, String part) {
        String targets = part + "-targets.npy";
        Npy.write(folder.resolve(targets), examples.targets());
        JsonObject names = new JsonObject();
        names.addProperty("rows", of(examples.rows()));
        names.addProperty("targets", targets);
        return names;
    }

    String answers() {
        return ANSWERS;
    }

    void read(double[] answers) {
        Npy.read(folder.resolve(ANSWERS), answers);
    }
}
