package dev.ablate.engine.report.data;

import com.google.gson.stream.JsonWriter;
import dev.ablate.engine.report.Separation;
import dev.ablate.engine.report.Separation.Step;
import dev.ablate.engine.report.layout.Numbers;
import java.io.IOException;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** How well numbers separate two classes at each threshold, for programs. */
final class CurvesJson {

    private CurvesJson() {}

    /** The curves of a variant in a cell: lists of equal length, a threshold each, from above. */
    static void write(Separation separation, JsonWriter json) throws IOException {
        json.beginObject();
        json.name("variant").value(separation.group().variant());
        JsonReport.cell(separation.group().cell(), json);
        json.name("part").value(separation.part());
        json.name("runs").value(separation.runs());
        json.name("seed").value(separation.seed());
        json.name("positives").value(separation.positives());
        json.name("negatives").value(separation.negatives());
        json.name("roc_auc").jsonValue(Numbers.exact(separation.rocArea()));
        json.name("roc_auc_least").jsonValue(Numbers.exact(separation.least()));
        json.name("roc_auc_most").jsonValue(Numbers.exact(separation.most()));
        json.name("pr_auc").jsonValue(Numbers.exact(separation.prArea()));
        json.name("threshold").jsonValue(list(separation, Step::threshold));
        json.name("false_positive_rate").jsonValue(list(separation, separation::falseAlarms));
        json.name("recall").jsonValue(list(separation, separation::recall));
        json.name("precision").jsonValue(list(separation, Step::precision));
        json.endObject();
    }

    private static String list(Separation separation, ToDoubleFunction<Step> number) {
        return separation.steps().stream()
                .map(step -> Numbers.exact(number.applyAsDouble(step)))
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
