package dev.ablate.trainers.reference;

import dev.ablate.core.option.Option;

/**
 * Options of the exact solutions.
 *
 * <p>Of three classes or more, one number more for a feature's weight of every class changes no answer: the weights that are given are
 * those that add up to 0 over the classes.
 */
public record ExactOptions(
        @Option(help = "whether the weighted sum has a bias added", fallback = "true")
        boolean bias,

        @Option(
                help =
                        "what the sum of the squared weights costs: of numbers l2 times, of classes l2 / 2 times; the bias costs nothing",
                fallback = "0",
                atLeast = 0)
        double l2) {}
