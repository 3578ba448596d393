package dev.ablate.engine.report.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.compare.Effect;
import dev.ablate.engine.compare.Evidence;
import dev.ablate.engine.compare.Findings;
import dev.ablate.engine.compare.across.Table;
import dev.ablate.engine.plan.Pair;
import dev.ablate.engine.report.Report;
import dev.ablate.engine.report.Trials;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class JsonReportTest {

    private final Report report = Report.of(Trials.orGate(), Trials.asked("ablate run or-gate-bias"));

    private final JsonObject document = parse(JsonReport.render(report, Tracking.NONE));

    @Test
    void hasTheDocumentedKeysInTheirOrder() {
        assertThat(document.keySet())
                .containsExactly(
                        "format",
                        "comparison",
                        "key",
                        "mlflow",
                        "pair_noun",
                        "sentence",
                        "runs",
                        "effects",
                        "across",
                        "classes",
                        "curves");
        assertThat(first("runs").keySet())
                .containsExactly(
                        "variant",
                        "cell",
                        "seed",
                        "fold",
                        "pair",
                        "key",
                        "status",
                        "error",
                        "deterministic",
                        "reused",
                        "updates",
                        "n_train",
                        "n_test",
                        "metrics",
                        "parameters",
                        "raw_parameters",
                        "predictions",
                        "labels",
                        "mlflow_run");
        assertThat(first("effects").keySet())
                .containsExactly(
                        "metric",
                        "goal",
                        "same_within",
                        "cell",
                        "baseline",
                        "variant",
                        "n",
                        "planned",
                        "baseline_failed",
                        "variant_failed",
                        "baseline_mean",
                        "baseline_sd",
                        "variant_mean",
                        "variant_sd",
                        "difference",
                        "low",
                        "high",
                        "level",
                        "p",
                        "p_error",
                        "p_adjusted",
                        "wins",
                        "ties",
                        "losses",
                        "test",
                        "untested",
                        "sign_p",
                        "dominant",
                        "clusters",
                        "standardised",
                        "improvement",
                        "bayes",
                        "verdict");
    }

    @Test
    void holdsEveryNumberToTheBit() {
        JsonObject run = first("runs");
        assertThat(run.getAsJsonObject("parameters").get("bias").getAsString()).isEqualTo("-3.149051345912768");
        assertThat(run.getAsJsonArray("predictions")
                        .get(2)
                        .getAsJsonArray()
                        .get(0)
                        .getAsDouble())
                .isEqualTo(0.04112867409);
        assertThat(run.get("updates").getAsString()).isEqualTo("10000");
        assertThat(first("effects").get("same_within").getAsString()).isEqualTo("1e-6");
        assertThat(first("effects").get("difference").getAsDouble()).isEqualTo(0.000635626 - 0.06254773);
    }

    @Test
    void saysNullWhereThereIsNothing() {
        JsonObject run = first("runs");
        assertThat(List.of(run.get("error"), run.get("raw_parameters"), run.get("mlflow_run"), document.get("mlflow")))
                .allMatch(JsonElement::isJsonNull);
        JsonObject effect = first("effects");
        for (String key : List.of(
                "baseline_sd",
                "variant_sd",
                "low",
                "high",
                "level",
                "p",
                "p_error",
                "p_adjusted",
                "test",
                "sign_p",
                "clusters",
                "standardised",
                "improvement",
                "bayes")) {
            assertThat(effect.get(key).isJsonNull()).as(key).isTrue();
        }
        assertThat(run.getAsJsonObject("cell").size()).isZero();
    }

    @Test
    void reportsRunsThatDidNotFinish() {
        JsonArray runs = parse(
                        JsonReport.render(Report.of(Trials.virus(), Trials.asked("ablate run virus")), Tracking.NONE))
                .getAsJsonArray("runs");
        assertThat(runs).hasSize(6);
        JsonObject failed = runs.get(2).getAsJsonObject();
        assertThat(failed.get("status").getAsString()).isEqualTo("failed");
        assertThat(failed.get("error").getAsString()).startsWith("failed after 1,200 updates: train/mse is not finite");
        assertThat(failed.get("predictions").isJsonNull()).isTrue();
        assertThat(runs.get(5).getAsJsonObject().get("status").getAsString()).isEqualTo("killed");
    }

    @Test
    void linksToMlflow() {
        JsonObject linked = parse(JsonReport.render(
                report, new Tracking(Optional.of("http://127.0.0.1:5000/#/x?a=1&b=2"), Map.of(2L, "abc"))));
        assertThat(linked.get("mlflow").getAsString()).isEqualTo("http://127.0.0.1:5000/#/x?a=1&b=2");
        JsonArray runs = linked.getAsJsonArray("runs");
        assertThat(runs.get(0).getAsJsonObject().get("mlflow_run").isJsonNull()).isTrue();
        assertThat(runs.get(1).getAsJsonObject().get("mlflow_run").getAsString())
                .isEqualTo("abc");
    }

    @Test
    void reportsATestsEvidence() {
        Comparison plain = report.comparison().orElseThrow();
        List<Effect> tested = plain.effects().stream()
                .map(effect -> new Effect(
                        effect.metric(),
                        effect.sameWithin(),
                        Map.of("trainer.learning_rate", "0.1"),
                        effect.baseline(),
                        effect.variant(),
                        effect.planned(),
                        effect.n(),
                        effect.gaps(),
                        effect.difference(),
                        effect.tally(),
                        OptionalDouble.of(0.5),
                        Optional.of(new Effect.Ruler(Pair.of(4), -0.25, 0.9)),
                        Optional.of(new Evidence("paired-permutation", 0.01, 0.02, -0.5, 0.25, 0.951, 0.0003)),
                        Optional.empty(),
                        OptionalInt.empty(),
                        effect.verdict(),
                        OptionalInt.of(7),
                        new Effect.Sizes(OptionalDouble.of(-1.5), OptionalDouble.of(0.75)),
                        Optional.of(new Effect.Posterior(0.125, 0.25, 0.625, 0.2, 0.01))))
                .toList();
        Comparison comparison = new Comparison(
                plain.plan(),
                plain.outcomes(),
                plain.predictions(),
                Map.of(),
                plain.models(),
                new Findings(plain.findings().question(), plain.findings().observations(), tested));
        JsonObject effect = parse(JsonReport.render(Report.of(comparison, Trials.asked("ablate run x")), Tracking.NONE))
                .getAsJsonArray("effects")
                .get(0)
                .getAsJsonObject();
        assertThat(effect.get("clusters").getAsInt()).isEqualTo(7);
        assertThat(effect.get("standardised").getAsDouble()).isEqualTo(-1.5);
        assertThat(effect.get("improvement").getAsDouble()).isEqualTo(0.75);
        assertThat(effect.get("bayes"))
                .isEqualTo(JsonParser.parseString(
                        "{\"worse\": 0.125, \"same\": 0.25, \"better\": 0.625, \"rho\": 0.2, \"region\": 0.01}"));
        assertThat(effect.get("low").getAsDouble()).isEqualTo(-0.5);
        assertThat(effect.get("high").getAsDouble()).isEqualTo(0.25);
        assertThat(effect.get("level").getAsDouble()).isEqualTo(0.951);
        assertThat(effect.get("p").getAsDouble()).isEqualTo(0.01);
        assertThat(effect.get("p_error").getAsDouble()).isEqualTo(0.0003);
        assertThat(effect.get("p_adjusted").getAsDouble()).isEqualTo(0.02);
        assertThat(effect.get("test").getAsString()).isEqualTo("paired-permutation");
        assertThat(effect.get("sign_p").getAsDouble()).isEqualTo(0.5);
        assertThat(effect.getAsJsonObject("dominant"))
                .isEqualTo(parse("{seed: 4, fold: null, pair: \"4\", difference: -0.25, share: 0.9}"));
        assertThat(effect.getAsJsonObject("cell").get("trainer.learning_rate").getAsString())
                .isEqualTo("0.1");
    }

    @Test
    void laysPredictionsOutAsATableOfMlflow() {
        assertThat(parse(JsonReport.predictions(
                        List.of("x1", "x2"),
                        List.of(List.of("0", "1"), List.of("1", "1")),
                        List.of(List.of(0.25), List.of(1e-7)),
                        List.of(),
                        List.of())))
                .isEqualTo(parse("""
                        {"columns": ["x1", "x2", "prediction"], "data": [[0, 1, 0.25], [1, 1, 1e-7]]}"""));
        assertThat(parse(JsonReport.predictions(
                        List.of("x"),
                        List.of(List.of("0"), List.of("1")),
                        List.of(List.of(0.25), List.of(0.75)),
                        List.of("2", "a]\"b"),
                        List.of("2", "a]\"b"))))
                .isEqualTo(parse("""
                        {"columns": ["x", "prediction", "label"], "data": [[0, 0.25, "2"], [1, 0.75, "a]\\"b"]]}"""));
    }

    @Test
    void hasANumberForEachOfSeveralClasses() {
        List<String> classes = List.of("alba", "grandis", "minor");
        assertThat(parse(JsonReport.predictions(
                        List.of("x"),
                        List.of(List.of("0")),
                        List.of(List.of(0.25, 0.5, 0.25)),
                        classes,
                        List.of("grandis"))))
                .isEqualTo(parse("""
                        {"columns": ["x", "prediction/alba", "prediction/grandis", "prediction/minor", "label"],
                        "data": [[0, 0.25, 0.5, 0.25, "grandis"]]}"""));
    }

    @Test
    void hasTheAnswerOverDataSets() {
        assertThat(document.get("across").isJsonNull()).isTrue();
        Table table = new Table("shallow", "deep").row("lone", 0.5);
        for (int i = 1; i <= 6; i++) {
            table.row("d" + i, 0.5, 0.5 + 0.125 * i);
        }
        JsonObject across = parse(
                        JsonReport.render(Report.of(table.findings(), List.of(), "in runs.csv"), Tracking.NONE))
                .getAsJsonObject("across");
        assertThat(across.keySet()).containsExactly("leaf", "test", "effects");
        JsonObject effect = across.getAsJsonArray("effects").get(0).getAsJsonObject();
        assertThat(effect).isEqualTo(parse("""
                {"metric": "accuracy", "goal": "maximize", "same_within": null, "cell": {}, "baseline": "shallow",
                "variant": "deep", "n": 6, "planned": 7, "failed": [],
                "differences": {"d1": 0.125, "d2": 0.25, "d3": 0.375, "d4": 0.5, "d5": 0.625, "d6": 0.75},
                "missing": [{"data_set": "lone", "variant": "deep"}], "difference": 0.4375, "low": 0.125, "high": 0.75,
                "level": 0.96875, "p": 0.03125, "p_adjusted": 0.03125, "wins": 6, "ties": 0, "losses": 0,
                "verdict": "better"}"""));
    }

    private JsonObject first(String array) {
        return document.getAsJsonArray(array).get(0).getAsJsonObject();
    }

    private static JsonObject parse(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }
}
