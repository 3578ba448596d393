package dev.ablate.datasets;

import dev.ablate.core.option.Option;
import dev.ablate.core.option.Refused;

/** Options of a line. */
public record LineOptions(
        @Option(help = "the first number", fallback = "-10", atLeast = -1e9, atMost = 1e9)
        double from,

        @Option(help = "the last number", fallback = "10", atLeast = -1e9, atMost = 1e9)
        double to,

        @Option(
                help = "how many numbers, the first and the last among them",
                fallback = "201",
                atLeast = 2,
                atMost = 1e6)
        int count) {

    /**
     * Takes them as they are.
     *
     * @throws Refused if the line does not rise
     */
    public LineOptions {
        Refused.Reasons reasons = Refused.reasons();
        reasons.addIf(from >= to, "to", "must be greater than from, which is " + from);
        reasons.throwIfAny();
    }
}
