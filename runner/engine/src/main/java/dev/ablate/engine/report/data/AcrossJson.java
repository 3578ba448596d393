package dev.ablate.engine.report.data;

import com.google.gson.stream.JsonWriter;
import dev.ablate.engine.compare.Evidence;
import dev.ablate.engine.compare.Findings;
import dev.ablate.engine.compare.across.AcrossEffect;
import dev.ablate.engine.compare.across.AcrossEffect.Missing;
import dev.ablate.engine.compare.across.Overall;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The answer over all data sets as {@code across}; null where the question is not about them. */
final class AcrossJson {

    private AcrossJson() {}

    static void write(Findings findings, JsonWriter json) throws IOException {
        json.name("across");
        Optional<Overall> overall = Overall.of(findings);
        if (overall.isEmpty()) {
            json.nullValue();
            return;
        }
        json.beginObject();
        json.name("leaf").value(overall.get().across().leaf());
        json.name("test").value(overall.get().across().test().word());
        json.name("effects").beginArray();
        for (AcrossEffect effect : overall.get().effects()) {
            json.beginObject();
            effect(effect, json);
            json.endObject();
        }
        json.endArray().endObject();
    }

    private static void effect(AcrossEffect effect, JsonWriter json) throws IOException {
        json.name("metric").value(effect.metric().name());
        json.name("goal").value(effect.metric().goal().name().toLowerCase(Locale.ROOT));
        number("same_within", effect.sameWithin().orElse(Double.NaN), json);
        JsonReport.cell(effect.cell(), json);
        json.name("baseline").value(effect.baseline());
        json.name("variant").value(effect.variant());
        json.name("n").value(effect.n());
        json.name("planned").value(effect.dataSets());
        json.name("failed").beginArray();
        for (String side : effect.failed()) {
            json.value(side);
        }
        json.endArray();
        json.name("differences").beginObject();
        for (Map.Entry<String, Double> difference : effect.differences().entrySet()) {
            number(difference.getKey(), difference.getValue(), json);
        }
        json.endObject();
        json.name("missing").beginArray();
        for (Missing missing : effect.missing()) {
            json.beginObject();
            json.name("data_set").value(missing.dataSet());
            json.name("variant").value(missing.variant().orElse(null));
            json.endObject();
        }
        json.endArray();
        number("difference", effect.difference().orElse(Double.NaN), json);
        evidence(effect, json);
        json.name("wins").value(effect.tally().wins());
        json.name("ties").value(effect.tally().ties());
        json.name("losses").value(effect.tally().losses());
        json.name("verdict").value(effect.verdict().word());
    }

    private static void evidence(AcrossEffect effect, JsonWriter json) throws IOException {
        Optional<Evidence> interval = effect.interval();
        number("low", interval.map(Evidence::low).orElse(Double.NaN), json);
        number("high", interval.map(Evidence::high).orElse(Double.NaN), json);
        number("level", interval.map(Evidence::level).orElse(Double.NaN), json);
        number("p", effect.evidence().map(Evidence::p).orElse(Double.NaN), json);
        number("p_adjusted", effect.evidence().map(Evidence::adjusted).orElse(Double.NaN), json);
    }

    private static void number(String name, double value, JsonWriter json) throws IOException {
        json.name(name).jsonValue(JsonReport.number(value));
    }
}
