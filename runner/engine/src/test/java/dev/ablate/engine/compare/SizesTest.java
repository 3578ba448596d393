package dev.ablate.engine.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ablate.core.metric.Goal;
import dev.ablate.engine.compare.Effect.Posterior;
import dev.ablate.engine.plan.KnownMetrics;
import dev.ablate.engine.plan.Pair;
import dev.ablate.engine.plan.TestChoice;
import dev.ablate.engine.runs.RunStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is said of effects for information. */
class SizesTest {

    @Test
    void theStandardisedEffectIsScipysTByTheRootOfN() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(SizesTest.class.getResourceAsStream("/statistics/peers.json"), "peers.json")) {
            JsonObject figures = JsonParser.parseString(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .getAsJsonObject();
            for (JsonElement peer : figures.getAsJsonArray("student")) {
                double[] d = peer.getAsJsonObject().getAsJsonArray("differences").asList().stream()
                        .mapToDouble(JsonElement::getAsDouble)
                        .toArray();
                assertThat(effect(Goal.MAXIMIZE, false, d)
                                .sizes()
                                .standardised()
                                .orElseThrow())
                        .isCloseTo(peer.getAsJsonObject().get("standardised").getAsDouble(), within(1e-9));
            }
        }
    }

    @Test
    void improvementIsTheShareOfPairsWonWithTiesByHalf() {
        assertThat(effect(Goal.MAXIMIZE, false, 1, 2, 0, 0, -1, 3, 4, 5).sizes().improvement())
                .hasValue(0.75);
        assertThat(effect(Goal.MINIMIZE, false, 1, 2, 0, 0, -1, 3, 4, 5).sizes().improvement())
                .hasValue(0.25);
    }

    @Test
    void withoutASpreadThereIsNoStandardisedEffect() {
        Effect effect = effect(Goal.MAXIMIZE, true, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5);
        assertThat(effect.sizes().standardised()).isEmpty();
        assertThat(effect.posterior()).isEmpty();
        assertThat(effect.sizes().improvement()).hasValue(1);
    }

    @Test
    void probabilitiesAreThereWhereTheyWereAskedFor() {
        assertThat(effect(Goal.MAXIMIZE, false, 1, 2, 3, 4, 5, 6).posterior()).isEmpty();
        Posterior posterior =
                effect(Goal.MAXIMIZE, true, 1, 2, 3, 4, 5, 6).posterior().orElseThrow();
        assertThat(posterior.better()).isGreaterThan(0.99);
        assertThat(posterior.rho()).isZero();
        Posterior mirrored =
                effect(Goal.MINIMIZE, true, 1, 2, 3, 4, 5, 6).posterior().orElseThrow();
        assertThat(mirrored.worse()).isEqualTo(posterior.better());
        assertThat(mirrored.better()).isEqualTo(posterior.worse());
    }

    @Test
    void probabilitiesChangeNoVerdict() {
        double[] d = {1, 2, 3, 4, 5, -0.5};
        Effect plain = effect(Goal.MAXIMIZE, false, d);
        Effect asked = effect(Goal.MAXIMIZE, true, d);
        assertThat(asked.posterior().orElseThrow().better()).isGreaterThan(0.95);
        assertThat(asked.verdict()).isEqualTo(plain.verdict()).isEqualTo(Verdict.UNDECIDED);
    }

    private static Effect effect(Goal goal, boolean bayes, double... differences) {
        List<Observation> runs = new ArrayList<>();
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < differences.length; i++) {
            Pair pair = new Pair("item-" + i);
            pairs.add(pair);
            runs.add(run("a", pair, i));
            runs.add(run("b", pair, i + differences[i]));
        }
        Question question = new Question(
                "sizes",
                List.of("a", "b"),
                "a",
                List.of(Map.of()),
                pairs,
                List.of(new Measure("score", goal, Optional.empty())),
                TestChoice.PAIRED_PERMUTATION,
                OptionalDouble.empty(),
                KnownMetrics.NONE,
                Map.of(),
                true,
                Optional.empty(),
                Clusters.NONE,
                bayes);
        return Findings.of(question, runs).effects().get(0);
    }

    private static Observation run(String variant, Pair pair, double score) {
        return new Observation(
                variant,
                Map.of(),
                pair,
                Optional.empty(),
                RunStatus.FINISHED,
                Optional.empty(),
                false,
                OptionalLong.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Map.of("score", score),
                Map.of());
    }
}
