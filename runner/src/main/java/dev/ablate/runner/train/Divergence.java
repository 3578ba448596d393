package dev.ablate.runner.train;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Says of a metric that is not finite any more how it got there, and what to try. */
final class Divergence {

    private Divergence() {}

    /**
     * {@code train/mse is not finite (last finite 3.1e305 at 1,150); try learning_rate 0.005}.
     *
     * @param before the metric's value at the step before, if it had one
     * @param step the step before
     * @param params of the run; the hint is a tenth of its learning rate, if it has one and has learned at all
     */
    static String reason(String metric, OptionalDouble before, long step, Map<String, String> params) {
        StringBuilder reason = new StringBuilder(metric).append(" is not finite");
        before.ifPresent(value -> reason.append(" (last finite ")
                .append(brief(value))
                .append(" at ")
                .append(RunFailure.number(step))
                .append(')'));
        String rate = params.get("trainer.learning_rate");
        if (rate != null && before.isPresent()) {
            reason.append("; try learning_rate ").append(tenth(rate));
        }
        return reason.toString();
    }

    /** Two significant digits: {@code 0.063}, {@code 1200}, {@code 3.1e305}. */
    private static String brief(double value) {
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(2, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= -4 && exponent < 7) {
            return rounded.stripTrailingZeros().toPlainString();
        }
        return rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
    }

    private static String tenth(String rate) {
        BigDecimal tenth = new BigDecimal(rate).movePointLeft(1).stripTrailingZeros();
        return tenth.scale() <= 0 ? tenth.toPlainString() : tenth.toString().toLowerCase(Locale.ROOT);
    }
}
