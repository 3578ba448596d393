package dev.ablate.engine.report.data;

import com.google.gson.stream.JsonWriter;
import dev.ablate.engine.report.Confusion;
import dev.ablate.engine.report.layout.Numbers;
import java.io.IOException;
import java.util.List;

/** How three classes and more were answered, for programs. */
final class ClassesJson {

    private ClassesJson() {}

    /** Which of several classes was taken for which, over all runs of a variant in a cell, and how well each was answered. */
    static void write(Confusion confusion, JsonWriter json) throws IOException {
        json.beginObject();
        json.name("variant").value(confusion.group().variant());
        JsonReport.cell(confusion.group().cell(), json);
        json.name("part").value(confusion.part());
        json.name("runs").value(confusion.runs());
        json.name("confusion").beginArray();
        for (List<Long> row : confusion.counts()) {
            json.jsonValue(row.toString());
        }
        json.endArray().name("by_class").beginArray();
        for (int k = 0; k < confusion.classes().size(); k++) {
            json.beginObject();
            json.name("class").value(confusion.classes().get(k));
            json.name("rows").value(confusion.rows(k));
            json.name("answered").value(confusion.answered(k));
            json.name("precision").jsonValue(Numbers.exact(confusion.precision(k)));
            json.name("recall").jsonValue(Numbers.exact(confusion.recall(k)));
            json.name("f1").jsonValue(Numbers.exact(confusion.f1(k)));
            json.endObject();
        }
        json.endArray().endObject();
    }
}
