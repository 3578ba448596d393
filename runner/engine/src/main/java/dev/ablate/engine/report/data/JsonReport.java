package dev.ablate.engine.report.data;

import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonWriter;
import dev.ablate.core.data.Task;
import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.compare.Effect;
import dev.ablate.engine.compare.Effect.Untested;
import dev.ablate.engine.compare.Evidence;
import dev.ablate.engine.compare.Observation;
import dev.ablate.engine.plan.Pair;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.plan.RowInputs;
import dev.ablate.engine.report.Confusion;
import dev.ablate.engine.report.Report;
import dev.ablate.engine.report.Separation;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.report.picture.Pictures;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.train.Outcome;
import dev.ablate.worker.spec.RunKey;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** A report for programs: one JSON document, whose keys are a contract. */
public final class JsonReport {

    /** Rises when a key changes its meaning or goes; 2 has {@code pair}, and a list of answers for each predicted row. */
    private static final int FORMAT = 2;

    private final StringWriter text = new StringWriter();
    private final JsonWriter json = new JsonWriter(text);
    private final Optional<RunStore> store;

    private JsonReport(Optional<RunStore> store) {
        this.store = store;
        json.setIndent("  ");
        json.setSerializeNulls(true);
        json.setHtmlSafe(false);
    }

    /** The document, with a line break at the end. */
    public static String render(Report report, Tracking tracking) {
        return new JsonReport(Optional.empty()).write(report, tracking);
    }

    /** The document with {@code steps} and {@code series} in each run. */
    public static String renderWithSeries(Report report, Tracking tracking, RunStore store) {
        return new JsonReport(Optional.of(store)).write(report, tracking);
    }

    /**
     * {@code predictions.json}: rows and answers of a run as a table that a tracker shows.
     *
     * @param rows their values as JSON, see {@link #values}
     * @param answers to each row one number, or one for each of three classes and more
     * @param classes what the data call the classes, in the order of their codes; empty where an answer is none
     * @param labels what the data call each answer's class; empty: no column of them
     */
    public static String predictions(
            List<String> features,
            List<List<String>> rows,
            List<List<Double>> answers,
            List<String> classes,
            List<String> labels) {
        JsonReport table = new JsonReport(Optional.empty());
        try {
            JsonWriter json = table.json;
            json.beginObject().name("columns").beginArray();
            for (String feature : features) {
                json.value(feature);
            }
            for (String column : PredictionData.columns(classes)) {
                json.value(column);
            }
            if (!labels.isEmpty()) {
                json.value("label");
            }
            json.endArray().name("data").beginArray();
            for (int row = 0; row < rows.size(); row++) {
                List<String> line = new ArrayList<>(rows.get(row));
                answers.get(row).forEach(answer -> line.add(number(answer)));
                if (!labels.isEmpty()) {
                    line.add(new JsonPrimitive(labels.get(row)).toString());
                }
                json.jsonValue("[" + String.join(", ", line) + "]");
            }
            json.endArray().endObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return table.text + "\n";
    }

    /** The values of a row to predict as JSON: categories are texts, and null stands where one is missing. */
    public static List<String> values(RowInputs inputs, List<Double> row) {
        return inputs.shown(row, JsonReport::number, name -> new JsonPrimitive(name).toString(), "null");
    }

    private String write(Report report, Tracking tracking) {
        Optional<Comparison> comparison = report.comparison();
        try {
            json.beginObject();
            json.name("format").value(FORMAT);
            json.name("comparison").value(report.findings().question().name());
            json.name("key").value(comparison.map(known -> known.plan().key()).orElse(null));
            json.name("mlflow").value(tracking.parent().orElse(null));
            json.name("pair_noun").value(report.findings().question().pairNoun());
            json.name("sentence").value(report.sentence());
            json.name("runs").beginArray();
            List<Outcome> outcomes = comparison.map(Comparison::outcomes).orElse(List.of());
            Map<RunKey, Outcome> planned = new HashMap<>();
            outcomes.forEach(outcome -> planned.put(outcome.run().key(), outcome));
            for (Observation run : report.findings().observations()) {
                json.beginObject();
                observed(run);
                Optional<Outcome> outcome = run.key().map(planned::get);
                modelled(run, outcome, comparison);
                json.name("mlflow_run")
                        .value(outcome.map(known ->
                                        tracking.runs().get(known.record().id()))
                                .orElse(null));
                if (outcome.isPresent()) {
                    series(outcome.get().record());
                }
                json.endObject();
            }
            json.endArray().name("effects").beginArray();
            for (Effect effect : report.findings().effects()) {
                effect(effect);
            }
            json.endArray();
            AcrossJson.write(report.findings(), json);
            json.name("classes").beginArray();
            for (Confusion confusion : report.confusions()) {
                ClassesJson.write(confusion, json);
            }
            json.endArray().name("curves").beginArray();
            for (Separation separation : comparison.map(Pictures::separations).orElse(List.of())) {
                CurvesJson.write(separation, json);
            }
            json.endArray().endObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text + "\n";
    }

    private void observed(Observation run) throws IOException {
        json.name("variant").value(run.variant());
        cell(run.cell());
        pair(run.pair());
        json.name("key").value(run.key().map(RunKey::hex).orElse(null));
        json.name("status").value(run.status().name().toLowerCase(Locale.ROOT));
        json.name("error").value(run.error().orElse(null));
        json.name("deterministic").value(run.deterministic());
    }

    private void modelled(Observation run, Optional<Outcome> outcome, Optional<Comparison> comparison)
            throws IOException {
        json.name("reused").value(outcome.map(Outcome::reused).orElse(false));
        json.name("updates")
                .value(run.updates().isPresent() ? (Long) run.updates().getAsLong() : null);
        json.name("n_train")
                .value(run.trainRows().isPresent() ? (Integer) run.trainRows().getAsInt() : null);
        json.name("n_test")
                .value(run.testRows().isPresent() ? (Integer) run.testRows().getAsInt() : null);
        json.name("metrics");
        numbers(run.metrics());
        json.name("parameters");
        numbers(run.parameters());
        json.name("raw_parameters");
        Map<String, Double> raw = run.key()
                .flatMap(key -> comparison.map(known -> known.rawParameters().get(key)))
                .orElse(Map.of());
        if (raw.isEmpty()) {
            json.nullValue();
        } else {
            numbers(raw);
        }
        json.name("predictions");
        Optional<List<List<Double>>> answers = run.key()
                .flatMap(key -> comparison.map(known -> known.predictions().get(key)));
        if (answers.isEmpty()) {
            json.nullValue();
        } else {
            json.jsonValue(answers.get().stream()
                    .map(answer -> numbers(answer.stream().mapToDouble(Double::doubleValue)))
                    .collect(Collectors.joining(", ", "[", "]")));
        }
        labels(outcome.map(Outcome::run), answers.orElse(List.of()));
    }

    /** The seed is null where the pair is another text. */
    private void pair(Pair pair) throws IOException {
        json.name("seed").value(pair.seed().isPresent() ? (Long) pair.seed().getAsLong() : null);
        json.name("fold").value(pair.fold().isPresent() ? (Integer) pair.fold().getAsInt() : null);
        json.name("pair").value(pair.text());
    }

    /** What the predictions of classes are decided to be, as the data call them. */
    private void labels(Optional<PlannedRun> run, List<List<Double>> answers) throws IOException {
        json.name("labels");
        if (run.isEmpty() || answers.isEmpty() || run.get().dataset().task() == Task.REGRESSION) {
            json.nullValue();
            return;
        }
        json.beginArray();
        for (String label : run.get().labels(answers)) {
            json.value(label);
        }
        json.endArray();
    }

    private void cell(Map<String, String> cell) throws IOException {
        cell(cell, json);
    }

    /** The swept leaves by path. */
    static void cell(Map<String, String> cell, JsonWriter json) throws IOException {
        json.name("cell").beginObject();
        for (Map.Entry<String, String> leaf : cell.entrySet()) {
            json.name(leaf.getKey()).value(leaf.getValue());
        }
        json.endObject();
    }

    private void series(RunRecord record) throws IOException {
        if (store.isPresent()) {
            RecordedSeries curves = RecordedSeries.read(store.get(), record);
            json.name("steps")
                    .jsonValue(
                            curves.steps().stream().map(Object::toString).collect(Collectors.joining(", ", "[", "]")));
            json.name("series").beginObject();
            for (Map.Entry<String, double[]> series : curves.series().entrySet()) {
                json.name(series.getKey()).jsonValue(numbers(Arrays.stream(series.getValue())));
            }
            json.endObject();
        }
    }

    private void effect(Effect effect) throws IOException {
        json.beginObject();
        json.name("metric").value(effect.metric().name());
        json.name("goal").value(effect.metric().goal().name().toLowerCase(Locale.ROOT));
        number("same_within", effect.sameWithin());
        cell(effect.cell());
        json.name("baseline").value(effect.baseline().name());
        json.name("variant").value(effect.variant().name());
        json.name("n").value(effect.n());
        json.name("planned").value(effect.planned());
        json.name("baseline_failed").value(effect.baseline().failed());
        json.name("variant_failed").value(effect.variant().failed());
        json.name("baseline_mean").jsonValue(number(effect.baseline().mean()));
        json.name("baseline_sd").jsonValue(number(effect.baseline().sd()));
        json.name("variant_mean").jsonValue(number(effect.variant().mean()));
        json.name("variant_sd").jsonValue(number(effect.variant().sd()));
        json.name("difference").jsonValue(number(effect.difference()));
        evidence("low", effect, Evidence::low);
        evidence("high", effect, Evidence::high);
        evidence("level", effect, Evidence::level);
        evidence("p", effect, Evidence::p);
        number(
                "p_error",
                effect.evidence().stream()
                        .filter(Evidence::isSampled)
                        .mapToDouble(Evidence::error)
                        .findFirst());
        evidence("p_adjusted", effect, Evidence::adjusted);
        json.name("wins").value(effect.tally().wins());
        json.name("ties").value(effect.tally().ties());
        json.name("losses").value(effect.tally().losses());
        json.name("test").value(effect.evidence().map(Evidence::test).orElse(null));
        json.name("untested").value(effect.untested().map(Untested::word).orElse(null));
        number("sign_p", effect.signs());
        ruler(effect);
        SizesJson.write(effect, json);
        json.name("verdict").value(effect.verdict().word());
        json.endObject();
    }

    /** The pair that rules the mean. */
    private void ruler(Effect effect) throws IOException {
        json.name("dominant");
        if (effect.ruler().isEmpty()) {
            json.nullValue();
            return;
        }
        json.beginObject();
        pair(effect.ruler().get().pair());
        json.name("difference").jsonValue(number(effect.ruler().get().difference()));
        json.name("share").jsonValue(number(effect.ruler().get().share()));
        json.endObject();
    }

    private void evidence(String name, Effect effect, ToDoubleFunction<Evidence> part) throws IOException {
        number(name, effect.evidence().stream().mapToDouble(part).findFirst());
    }

    private void number(String name, OptionalDouble value) throws IOException {
        json.name(name).jsonValue(number(value.orElse(Double.NaN)));
    }

    private void numbers(Map<String, Double> byName) throws IOException {
        json.beginObject();
        for (Map.Entry<String, Double> entry : byName.entrySet()) {
            json.name(entry.getKey()).jsonValue(number(entry.getValue()));
        }
        json.endObject();
    }

    private static String numbers(DoubleStream values) {
        return values.mapToObj(JsonReport::number).collect(Collectors.joining(", ", "[", "]"));
    }

    /** Null where it is not finite. */
    static String number(double value) {
        return Double.isFinite(value) ? Numbers.exact(value) : "null";
    }
}
