package dev.ablate.engine.report.data;

import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonWriter;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.ablate.core.training.Decision;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.report.text.Predictions;
import dev.ablate.engine.report.text.Predictions.Answers;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Predictions for programs. */
public final class PredictionData {

    /** Rises when a key changes its meaning or goes; 2 has {@code pair}, and a list of answers for each row. */
    private static final int FORMAT = 2;

    private PredictionData() {}

    /** One document, with a line break at the end; an answer that is not finite is null. */
    public static String json(Predictions predictions) {
        StringWriter text = new StringWriter();
        JsonWriter json = new JsonWriter(text);
        json.setIndent("  ");
        json.setSerializeNulls(true);
        json.setHtmlSafe(false);
        try {
            json.beginObject();
            json.name("format").value(FORMAT);
            json.name("experiment").value(predictions.experiment());
            json.name("features").beginArray();
            for (String feature : predictions.features()) {
                json.value(feature);
            }
            json.endArray();
            json.name("target").value(predictions.target());
            json.name("rows").beginArray();
            for (List<Double> row : predictions.rows()) {
                json.jsonValue(predictions
                        .inputs()
                        .shown(row, Numbers::exact, name -> new JsonPrimitive(name).toString(), "null")
                        .toString());
            }
            json.endArray();
            json.name("models").beginArray();
            for (Answers model : predictions.models()) {
                model(model, predictions, json);
            }
            json.endArray().endObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text + "\n";
    }

    private static void model(Answers model, Predictions predictions, JsonWriter json) throws IOException {
        json.beginObject();
        json.name("variant").value(model.variant());
        json.name("cell").beginObject();
        for (Map.Entry<String, String> leaf : model.cell().entrySet()) {
            json.name(leaf.getKey()).value(leaf.getValue());
        }
        json.endObject();
        OptionalLong seed = model.pair().seed();
        json.name("seed").value(seed.isPresent() ? (Long) seed.getAsLong() : null);
        json.name("pair").value(model.pair().text());
        json.name("key").value(model.key().hex());
        json.name("predictions")
                .jsonValue(model.values().stream()
                        .map(PredictionData::numbers)
                        .collect(Collectors.joining(", ", "[", "]")));
        if (predictions.decision().isPresent() && !model.classes().isEmpty()) {
            Decision decision = predictions.decision().get();
            json.name("classes")
                    .jsonValue(model.values().stream()
                            .map(decision::classOf)
                            .toList()
                            .toString());
            json.name("labels").beginArray();
            for (List<Double> answer : model.values()) {
                json.value(model.label(decision, answer));
            }
            json.endArray();
            json.name("class_names").beginArray();
            for (String label : model.classes()) {
                json.value(label);
            }
            json.endArray();
        } else {
            json.name("classes").nullValue();
            json.name("labels").nullValue();
            json.name("class_names").nullValue();
        }
        json.endObject();
    }

    private static String numbers(List<Double> values) {
        return values.stream()
                .map(value -> Double.isFinite(value) ? Numbers.exact(value) : "null")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /**
     * A line for each row and model: the row's values, then variant, swept leaves, seed, pair and answer (or one for each of three classes
     * and more), and the class where an answer is one, coded and as the data call it. An answer that is not finite is empty.
     */
    public static String csv(Predictions predictions) {
        Set<String> leaves = new LinkedHashSet<>();
        predictions.models().forEach(model -> leaves.addAll(model.cell().keySet()));
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            List<String> header = new ArrayList<>(predictions.features());
            header.add("variant");
            header.addAll(leaves);
            header.addAll(List.of("seed", "pair"));
            List<String> columns = columns(predictions);
            header.addAll(columns);
            predictions.decision().ifPresent(decision -> header.addAll(List.of("class", "label")));
            csv.writeRecord(header);
            for (int row = 0; row < predictions.rows().size(); row++) {
                for (Answers model : predictions.models()) {
                    List<Double> answer = model.values().get(row);
                    List<String> own = columns(model.classes());
                    List<String> cells = new ArrayList<>();
                    cells.addAll(predictions.inputs().shown(predictions.rows().get(row), Numbers::exact));
                    cells.add(model.variant());
                    leaves.forEach(leaf -> cells.add(model.cell().getOrDefault(leaf, "")));
                    OptionalLong seed = model.pair().seed();
                    cells.add(seed.isPresent() ? Long.toString(seed.getAsLong()) : "");
                    cells.add(model.pair().text());
                    columns.forEach(
                            column -> cells.add(own.contains(column) ? finite(answer.get(own.indexOf(column))) : ""));
                    predictions
                            .decision()
                            .ifPresent(decision -> cells.addAll(List.of(
                                    Integer.toString(decision.classOf(answer)), model.label(decision, answer))));
                    csv.writeRecord(cells);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** What the numbers that answer a row are called as columns: {@code prediction}, or {@code prediction/CLASS} where each class has one. */
    static List<String> columns(List<String> classes) {
        return classes.size() > 2
                ? classes.stream().map(label -> "prediction/" + label).toList()
                : List.of("prediction");
    }

    private static List<String> columns(Predictions predictions) {
        return predictions.models().stream()
                .flatMap(model -> columns(model.classes()).stream())
                .distinct()
                .toList();
    }

    private static String finite(double answer) {
        return Double.isFinite(answer) ? Numbers.exact(answer) : "";
    }
}
