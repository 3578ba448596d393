package dev.ablate.core.training;

import java.util.List;

/** Where a model's weights start: at given numbers, or drawn. In YAML {@code [0.1, 0.2]} or {@code { normal: { sd: 1.0 } }}. */
public sealed interface Initial {

    /**
     * These numbers.
     *
     * @param values finite, in the order of the features
     */
    record Given(List<Double> values) implements Initial {
        /** Copies the list. */
        public Given {
            values = List.copyOf(values);
        }
    }

    /**
     * Drawn from a normal distribution around 0, in the order of the features.
     *
     * @param sd standard deviation, 0 or greater
     */
    record Normal(double sd) implements Initial {
        /**
         * @throws IllegalArgumentException if the standard deviation is negative or not finite
         */
        public Normal {
            if (!(sd >= 0) || Double.isInfinite(sd)) {
                throw new IllegalArgumentException("sd must be 0 or greater, and finite");
            }
        }
    }
}
