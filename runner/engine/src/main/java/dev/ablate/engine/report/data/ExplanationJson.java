package dev.ablate.engine.report.data;

import com.google.gson.stream.JsonWriter;
import dev.ablate.core.training.Explanation;
import dev.ablate.core.training.Explanation.Term;
import dev.ablate.core.training.Explanation.Weight;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.train.Explained;
import dev.ablate.worker.spec.ScaleSettings;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/** One update worked through, for programs: every number as it was used. */
public final class ExplanationJson {

    /** Rises when a key changes its meaning or goes. */
    private static final int FORMAT = 1;

    private final StringWriter text = new StringWriter();
    private final JsonWriter json = new JsonWriter(text);

    private ExplanationJson() {
        json.setIndent("  ");
        json.setSerializeNulls(true);
        json.setHtmlSafe(false);
    }

    /** The document, with a line break at the end; rows are counted from 1. */
    public static String render(String experiment, Explained explained) {
        ExplanationJson document = new ExplanationJson();
        try {
            document.write(experiment, explained);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return document.text + "\n";
    }

    private void write(String experiment, Explained explained) throws IOException {
        PlannedRun run = explained.run();
        Explanation explanation = explained.explanation();
        Explanation.Row row = explained.row();
        json.beginObject();
        json.name("format").value(FORMAT);
        json.name("experiment").value(experiment);
        json.name("variant").value(run.variant());
        json.name("cell").beginObject();
        for (var leaf : run.cell().entrySet()) {
            json.name(leaf.getKey()).value(leaf.getValue());
        }
        json.endObject();
        json.name("seed").value(run.seed());
        json.name("pair").value(run.pair().text());
        json.name("key").value(run.key().hex());
        json.name("update").value(explanation.update());
        json.name("total").value(explained.total());
        json.name("rows").beginArray();
        for (int learned : explanation.rows()) {
            json.value(learned + 1L);
        }
        json.endArray();
        json.name("row").value(row.index() + 1L);
        json.name("data_row").value(explained.data().openedRow(row.index()) + 1L);
        json.name("scale").beginObject();
        json.name("features").value(word(run.scale().features()));
        json.name("target").value(word(run.scale().target()));
        json.endObject();
        json.name("raw_inputs").beginObject();
        double[] raw = explained.data().train().row(row.index());
        for (int i = 0; i < raw.length; i++) {
            number(run.features().get(i), raw[i]);
        }
        json.endObject();
        number("raw_target", explained.data().train().target(row.index()));
        number("t", row.target());
        number("z", row.sum());
        terms("answer", row.answer());
        terms("factors", row.factors());
        json.name("share").value(explanation.rule().share());
        json.name("step").value(explanation.rule().step());
        number("learning_rate", explanation.rule().learningRate());
        number("l2", explanation.rule().l2());
        json.name("neurons").beginArray();
        for (Explanation.Neuron neuron : row.neurons()) {
            json.beginObject();
            json.name("name").value(neuron.name());
            number("z", neuron.sum());
            terms("terms", neuron.terms());
            json.endObject();
        }
        json.endArray();
        json.name("weights").beginArray();
        for (int i = 0; i < explanation.weights().size(); i++) {
            Weight weight = explanation.weights().get(i);
            json.beginObject();
            json.name("name").value(weight.name());
            number("before", weight.before());
            number("input", row.inputs().get(i));
            number("share", row.shares().get(i));
            number("gradient", weight.gradient());
            number("penalty", weight.penalty());
            number("after", weight.after());
            json.endObject();
        }
        json.endArray();
        json.endObject();
    }

    private void terms(String name, List<Term> terms) throws IOException {
        json.name(name).beginArray();
        for (Term term : terms) {
            json.beginObject();
            json.name("symbol").value(term.symbol());
            json.name("formula").value(term.formula());
            number("value", term.value());
            json.endObject();
        }
        json.endArray();
    }

    private void number(String name, double value) throws IOException {
        json.name(name).jsonValue(Double.isFinite(value) ? Numbers.exact(value) : "null");
    }

    private static String word(ScaleSettings.Method method) {
        return method.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
