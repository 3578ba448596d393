package dev.ablate.runner.report;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Examples;
import dev.ablate.runner.compare.Comparison;
import dev.ablate.runner.compare.Trial;
import dev.ablate.runner.plan.Metric.Kind;
import dev.ablate.runner.spec.Spec.Goal;
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
                .metric(Kind.MSE, Goal.MINIMIZE, "1e-6")
                .metric(Kind.ACCURACY, Goal.MAXIMIZE, "0.02")
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
                .failed("other", 1, 1200, "train/mse is not finite (last finite 3.1e305 at 1,150)")
                .finished("plain", 2, false, numbers("train/mse", 0.5), symptoms(3), List.of(0.7, 0.6))
                .finished("bias", 2, false, numbers("train/mse", 0.25), symptoms(4), List.of(0.95, 0.2))
                .killed("other", 2)
                .compare();
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
