package dev.ablate.trainers.program;

import com.google.gson.Gson;
import dev.ablate.core.data.Column;
import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Matrix;
import dev.ablate.core.data.Schema;
import dev.ablate.core.training.Training;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the parts of a run's data for its program: encoded and scaled, the test part without its targets. */
final class DataFolder {

    private static final Gson GSON = new Gson();

    private final Path folder;

    private DataFolder(Path folder) {
        this.folder = folder;
    }

    /** Writes all that there is; nothing where the run has no data. */
    static void write(Training training, Path folder) {
        Schema schema = training.schema();
        if (schema.columns().isEmpty()) {
            return;
        }
        DataFolder data = new DataFolder(folder);
        try {
            Files.createDirectories(folder);
            data.columns(schema);
            data.part("train", training.examples().rows(), Optional.of(training.examples()), schema);
            if (training.validation().isPresent()) {
                Examples held = training.validation().get();
                data.part("validation", held.rows(), Optional.of(held), schema);
            }
            if (training.testRows().isPresent()) {
                data.part("test", training.testRows().get(), Optional.empty(), schema);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void columns(Schema schema) throws IOException {
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("features", schema.featureNames());
        columns.put("target", schema.target().map(Column::name).orElse(""));
        columns.put("classes", schema.classes());
        Files.writeString(folder.resolve("columns.json"), GSON.toJson(columns) + "\n");
    }

    private void part(String name, Matrix rows, Optional<Examples> examples, Schema schema) throws IOException {
        NumberFile.write(folder.resolve(name + ".npy"), rows.size(), rows.width(), rows::row);
        if (examples.isPresent()) {
            NumberFile.write(folder.resolve(name + "_targets.npy"), rows.size(), 0, row ->
                    new double[] {examples.get().target(row)});
        }
        List<String> names = new ArrayList<>(schema.featureNames());
        examples.flatMap(known -> schema.target()).ifPresent(target -> names.add(target.name()));
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve(name + ".csv"))) {
            out.write(String.join(",", names.stream().map(DataFolder::cell).toList()) + "\n");
            for (int row = 0; row < rows.size(); row++) {
                for (int column = 0; column < rows.width(); column++) {
                    out.write((column == 0 ? "" : ",") + rows.value(row, column));
                }
                out.write(examples.isPresent() ? "," + examples.get().target(row) + "\n" : "\n");
            }
        }
    }

    private static String cell(String text) {
        return text.matches("[^\",\r\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
