package dev.ablate.worker.train;

import dev.ablate.worker.text.Phrases;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Watches one run for metrics that diverge, and says of one that has how it got there and what to try.
 *
 * <p>A run has diverged where a metric is not finite, or where the run ends with a metric beyond 1e100 times its value at the start:
 * no training of doubles comes back from there by learning, and the mean of such a value is of that run alone.
 */
final class Divergence {

    /** A metric beyond so many times its value at the start has diverged. */
    private static final double FACTOR = 1e100;

    private static final Pattern NUMBER = Pattern.compile("[0-9.]+([eE][-+]?[0-9]+)?");

    private final Map<String, String> params;
    private final Supplier<Optional<String>> unscaled;
    private Map<String, Double> start = Map.of();
    private Map<String, Double> sane = Map.of();
    private long saneAt;

    /**
     * Watches one run.
     *
     * @param params of the run, by path
     * @param unscaled asked what is known of a feature whose values are too large for any usual learning rate
     */
    Divergence(Map<String, String> params, Supplier<Optional<String>> unscaled) {
        this.params = params;
        this.unscaled = unscaled;
    }

    /**
     * Takes note of a step of the grid, and says at the end whether the run has diverged.
     *
     * @param metrics by name, all finite
     * @param ends whether this is the run's last step
     * @return the reason, as {@code train/mse diverged to 1.6e304 (last within 1e100 times its start: 2.4e99 at 2,150); try
     *     learning_rate 0.017}; empty where nothing has diverged, or the run goes on
     */
    Optional<String> at(long update, Map<String, Double> metrics, boolean ends) {
        if (start.isEmpty()) {
            start = metrics;
        }
        Optional<String> beyond = metrics.keySet().stream()
                .filter(metric -> isBeyond(metric, metrics))
                .findFirst();
        if (beyond.isEmpty()) {
            sane = metrics;
            saneAt = update;
        }
        return ends ? beyond.map(metric -> reason(metric, metrics)) : Optional.empty();
    }

    private boolean isBeyond(String metric, Map<String, Double> metrics) {
        double before = Math.abs(start.getOrDefault(metric, 0.0));
        // without an error at the start the unit is all there is to go by
        double limit = before == 0 ? FACTOR : before * FACTOR;
        return Math.abs(metrics.getOrDefault(metric, 0.0)) > limit;
    }

    private String reason(String metric, Map<String, Double> metrics) {
        return metric + " diverged to " + Phrases.brief(metrics.getOrDefault(metric, 0.0))
                + " (last within 1e100 times its start: " + Phrases.brief(sane.getOrDefault(metric, 0.0)) + " at "
                + RunFailure.number(saneAt) + ")" + hint();
    }

    /**
     * Of a metric that is not finite: {@code train/mse is not finite (last finite 3.1e305 at 1,150); try learning_rate 0.005}.
     *
     * @param before the metric's value at the step before, if it had one
     * @param step the step before
     */
    String notFinite(String metric, OptionalDouble before, long step) {
        StringBuilder reason = new StringBuilder(metric).append(" is not finite");
        before.ifPresent(value -> reason.append(" (last finite ")
                .append(Phrases.brief(value))
                .append(" at ")
                .append(RunFailure.number(step))
                .append(')'));
        return before.isPresent() ? reason + hint() : reason.toString();
    }

    /** To scale where that is missing, else a tenth of the learning rate, if the run has one that is not the environment's. */
    private String hint() {
        String rate = params.getOrDefault("trainer.learning_rate", "");
        return unscaled.get()
                .map(column -> "; " + column + ": try data: { scale: { features: standard } }")
                .orElseGet(() -> NUMBER.matcher(rate).matches() ? "; try learning_rate " + tenth(rate) : "");
    }

    private static String tenth(String rate) {
        BigDecimal tenth = new BigDecimal(rate).movePointLeft(1).stripTrailingZeros();
        return tenth.scale() <= 0 ? tenth.toPlainString() : tenth.toString().toLowerCase(Locale.ROOT);
    }
}
