package dev.ablate.experiments;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;

/** The document of a comparison, as {@code -f json} prints it, by what tests ask of it. */
record Document(JsonObject json) {

    /** Of a shipped experiment. */
    static Document of(String name) {
        return new Document(ShippedDocuments.of(name));
    }

    /** All runs. */
    List<Run> runs() {
        return objects(json.getAsJsonArray("runs")).stream().map(Run::new).toList();
    }

    /** The runs of one variant, over all cells and seeds. */
    List<Run> runs(String variant) {
        return runs().stream()
                .filter(run -> run.text("variant").equals(variant))
                .toList();
    }

    /** The runs of one variant in one cell of the only number that is swept. */
    List<Run> runs(String variant, String cell) {
        return runs(variant).stream().filter(run -> run.cell().equals(cell)).toList();
    }

    /** The first run of one variant. */
    Run run(String variant) {
        return runs(variant).get(0);
    }

    /** What the comparison says of one variant, cell by cell. */
    List<JsonObject> effects(String metric, String variant) {
        return objects(json.getAsJsonArray("effects")).stream()
                .filter(effect -> effect.get("metric").getAsString().equals(metric)
                        && effect.get("variant").getAsString().equals(variant))
                .toList();
    }

    /** What the comparison says of one variant. */
    JsonObject effect(String metric, String variant) {
        return effects(metric, variant).get(0);
    }

    String verdict(String metric, String variant) {
        return effect(metric, variant).get("verdict").getAsString();
    }

    List<String> verdicts(String metric, String variant) {
        return effects(metric, variant).stream()
                .map(effect -> effect.get("verdict").getAsString())
                .toList();
    }

    /** The metrics that are compared, the primary one first. */
    List<String> comparedMetrics() {
        return objects(json.getAsJsonArray("effects")).stream()
                .map(effect -> effect.get("metric").getAsString())
                .distinct()
                .toList();
    }

    /** Of three classes and more, rows by their class, then by the class that a variant took them for. */
    List<List<Long>> confusion(String variant) {
        return objects(json.getAsJsonArray("classes")).stream()
                .filter(classes -> classes.get("variant").getAsString().equals(variant))
                .flatMap(classes -> classes.getAsJsonArray("confusion").asList().stream())
                .map(row -> row.getAsJsonArray().asList().stream()
                        .map(JsonElement::getAsLong)
                        .toList())
                .toList();
    }

    /** One run. */
    record Run(JsonObject json) {

        String text(String name) {
            return json.get(name).getAsString();
        }

        long number(String name) {
            return json.get(name).getAsLong();
        }

        /** The only number that is swept. */
        String cell() {
            return json.getAsJsonObject("cell")
                    .entrySet()
                    .iterator()
                    .next()
                    .getValue()
                    .getAsString();
        }

        double metric(String name) {
            return json.getAsJsonObject("metrics").get(name).getAsDouble();
        }

        double parameter(String name) {
            return json.getAsJsonObject("parameters").get(name).getAsDouble();
        }

        double raw(String name) {
            return json.getAsJsonObject("raw_parameters").get(name).getAsDouble();
        }

        List<Double> predictions() {
            return numbers(json.getAsJsonArray("predictions"));
        }

        /** What answers each row to predict: one number for each class. */
        List<List<Double>> answers() {
            return json.getAsJsonArray("predictions").asList().stream()
                    .map(answer -> numbers(answer.getAsJsonArray()))
                    .toList();
        }

        /** One value for each recorded step. */
        List<Double> series(String name) {
            return numbers(json.getAsJsonObject("series").getAsJsonArray(name));
        }

        private static List<Double> numbers(JsonArray array) {
            return array.asList().stream().map(JsonElement::getAsDouble).toList();
        }
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.asList().stream().map(JsonElement::getAsJsonObject).toList();
    }
}
