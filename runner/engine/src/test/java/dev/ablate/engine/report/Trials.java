package dev.ablate.engine.report;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Examples;
import dev.ablate.core.metric.Goal;
import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.compare.Trial;
import dev.ablate.worker.spec.ScaleSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Comparisons to report on. */
public final class Trials {

    private Trials() {}

    /** The figures of Shukla and Iriondo's OR gate, as published. */
    public static Comparison orGate() {
        return new Trial("bias", "no-bias")
                .named("or-gate-bias", "Without a bias the answer to (0, 0) is 0.5, whatever is learned.")
                .against("no-bias")
                .metric("mse", Goal.MINIMIZE, "1e-6")
                .metric("accuracy", Goal.MAXIMIZE, "0.02")
                .predict(List.of(List.of(1.0, 0.0), List.of(1.0, 1.0), List.of(0.0, 0.0)))
                .differs("trainer.bias", values("bias", "true", "no-bias", "false"))
                .differs("trainer.initial_bias", values("bias", "0.3"))
                .finished(
                        "bias",
                        1,
                        true,
                        numbers("train/mse", 0.000635626, "train/accuracy", 1.0, "train/error_sum", -0.00014363),
                        numbers("x1", 7.009224253586823, "x2", 7.009532806469602, "bias", -3.149051345912768),
                        List.of(0.97937019653, 0.99998097439, 0.04112867409))
                .finished(
                        "no-bias",
                        1,
                        true,
                        numbers("train/mse", 0.06254773, "train/accuracy", 1.0, "train/error_sum", 0.480347),
                        numbers("x1", 4.616930695878155, "x2", 4.619950227257939),
                        List.of(0.99021363572, 0.99990262863, 0.5))
                .compare();
    }

    /** Four symptoms, and two equal patients with different answers; random starts, one of which failed. */
    public static Comparison virus() {
        Dataset data = Dataset.classification(
                Examples.of(
                        List.of("loss_of_smell", "weight_loss", "runny_nose", "body_pain"),
                        new double[] {1, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 1},
                        new double[] {1, 0, 1}),
                "virus",
                "");
        return new Trial("plain", "bias", "other")
                .on(data)
                .seeds(1L, 2L)
                .mse()
                .predict(List.of(List.of(1.0, 0.0, 0.0, 1.0), List.of(0.0, 0.0, 1.0, 1.0)))
                .finished("plain", 1, false, numbers("train/mse", 0.25), symptoms(1), List.of(0.9, 0.5))
                .finished("bias", 1, false, numbers("train/mse", 0.125), symptoms(2), List.of(0.8, 0.4))
                .failed(
                        "other",
                        1,
                        1200,
                        "failed after 1,200 updates: train/mse is not finite (last finite 3.1e305 at 1,150)")
                .finished("plain", 2, false, numbers("train/mse", 0.5), symptoms(3), List.of(0.7, 0.6))
                .finished("bias", 2, false, numbers("train/mse", 0.25), symptoms(4), List.of(0.95, 0.2))
                .killed("other", 2)
                .compare();
    }

    /** Ten random starts, one of which failed for one variant. */
    public static Comparison tenSeeds() {
        double[] bias = {0.031, 0.028, 0.035, 0.030, 0.027, 0.033, 0.029, 0.036, 0.026, 0.032};
        double[] none = {0.062, 0.064, 0.061, 0.066, 0.063, 0.060, 0.065, 0.062, 0.067, 0.061};
        double[] wide = {0.050, 0.071, 0.058, 0.080, 0.049, 0.066, 0.052, 0.075, 0.062, 0.0};
        Trial trial = new Trial("no-bias", "bias", "wide")
                .seeds(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L)
                .metric("mse", Goal.MINIMIZE, "0.001")
                .differs("trainer.bias", values("no-bias", "false", "bias", "true", "wide", "false"));
        for (int i = 0; i < 10; i++) {
            trial.mse("no-bias", i + 1L, none[i]).mse("bias", i + 1L, bias[i]);
            if (i < 9) {
                trial.mse("wide", i + 1L, wide[i]);
            } else {
                trial.failed(
                        "wide",
                        10,
                        150,
                        "failed after 150 updates: train/mse is not finite (last finite 3.1e305 at 100)");
            }
        }
        return trial.compare();
    }

    /** Four learning rates, ten random starts each; the last is too large. */
    public static Comparison sweep() {
        String[] rates = {"0.001", "0.01", "0.1", "1"};
        double[] gain = {0, 0.01, 0.05, -0.2};
        Trial trial = new Trial("no-bias", "bias")
                .named("or-gate-learning-rates", "")
                .seeds(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L)
                .sweep("trainer.learning_rate", rates)
                .mse();
        for (int cell = 0; cell < rates.length; cell++) {
            trial.in(cell);
            for (long seed = 1; seed <= 10; seed++) {
                double start = 0.25 + 0.01 * (seed % 4);
                trial.mse("no-bias", seed, start);
                trial.mse("bias", seed, start - gain[cell] - (cell == 0 ? 0.001 * (seed % 2) : 0.0001 * seed));
            }
        }
        return trial.compare();
    }

    /** A price by area, in dollars and square feet, over six random splits. */
    public static Comparison splits() {
        Dataset data = Dataset.regression(
                Examples.of(
                        List.of("area", "age"),
                        new double[] {1656, 50, 896, 49, 1329, 52, 2110, 42, 1629, 13},
                        new double[] {215000, 105000, 172000, 244000, 189900}),
                "price",
                Map.of("price", "dollars", "area", "square feet", "age", "years"),
                "a tutorial");
        Trial trial = new Trial("dl4j", "bias", "no-bias")
                .on(data)
                .seeds(7L, 8L, 9L, 10L, 11L, 12L)
                .held(1)
                .scaled(ScaleSettings.Method.STANDARD)
                .metric("rmse", Goal.MINIMIZE, "1%")
                .predict(List.of(List.of(1500.0, 30.0)));
        for (long seed = 7; seed <= 12; seed++) {
            double rmse = 46000 + 800 * (seed % 3);
            for (String variant : List.of("dl4j", "bias")) {
                trial.finished(
                                variant,
                                seed,
                                false,
                                numbers("test/rmse", rmse),
                                numbers("area", 48_000.0 + seed, "age", -33_000.0, "bias", 180_000.0),
                                List.of(187_500.0))
                        .raw(numbers("area", 95.5 + seed / 100.0, "age", -1085.0, "bias", 76_000.0));
            }
            trial.finished(
                            "no-bias",
                            seed,
                            false,
                            numbers("test/rmse", 186_000.0 + 900 * seed),
                            numbers("area", 48_500.0, "age", -32_000.0),
                            List.of(6_600.0))
                    .raw(numbers("area", 96.0, "age", -1057.0, "bias", -105_000.0));
        }
        return trial.compare();
    }

    /** A command without seeds. */
    public static Invocation asked(String command) {
        return new Invocation(command, command);
    }

    /** One run of each symptom's weight, times a factor. */
    private static Map<String, Double> symptoms(double factor) {
        return numbers(
                "loss_of_smell",
                10.2 * factor,
                "weight_loss",
                0.457 * factor,
                "runny_nose",
                2.97 * factor,
                "body_pain",
                2.99 * factor,
                "bias",
                -6.08 * factor);
    }

    public static Map<String, String> values(String... pairs) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put(pairs[i], pairs[i + 1]);
        }
        return values;
    }

    public static Map<String, Double> numbers(Object... pairs) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            numbers.put((String) pairs[i], (Double) pairs[i + 1]);
        }
        return numbers;
    }
}
