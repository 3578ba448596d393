package dev.ablate.engine.report.data;

import com.google.gson.stream.JsonWriter;
import dev.ablate.engine.compare.Effect;
import dev.ablate.engine.report.layout.Numbers;
import java.io.IOException;
import java.util.OptionalDouble;

/** What is said of an effect for information, and decides nothing. */
final class SizesJson {

    private SizesJson() {}

    static void write(Effect effect, JsonWriter json) throws IOException {
        json.name("clusters")
                .value(
                        effect.clusters().isPresent()
                                ? (Integer) effect.clusters().getAsInt()
                                : null);
        number("standardised", effect.sizes().standardised(), json);
        number("improvement", effect.sizes().improvement(), json);
        json.name("bayes");
        if (effect.posterior().isEmpty()) {
            json.nullValue();
            return;
        }
        Effect.Posterior posterior = effect.posterior().get();
        json.beginObject();
        number("worse", OptionalDouble.of(posterior.worse()), json);
        number("same", OptionalDouble.of(posterior.same()), json);
        number("better", OptionalDouble.of(posterior.better()), json);
        number("rho", OptionalDouble.of(posterior.rho()), json);
        number("region", OptionalDouble.of(posterior.region()), json);
        json.endObject();
    }

    private static void number(String name, OptionalDouble value, JsonWriter json) throws IOException {
        json.name(name).jsonValue(value.isPresent() ? Numbers.exact(value.getAsDouble()) : "null");
    }
}
