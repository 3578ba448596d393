package dev.ablate.engine.kinds;

import dev.ablate.core.option.Option;

/** How a job is divided. */
public record ProcessesOptions(
        @Option(help = "into how many processes a job is divided", fallback = "1", atLeast = 1)
        int atOnce) {}
