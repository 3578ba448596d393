package dev.ablate.core.training;

import dev.ablate.core.option.ReadBy;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Where a model's weights start: at given numbers, or drawn. In YAML {@code [0.1, 0.2]} or {@code { normal: { sd: 1.0 } }}. */
@ReadBy(InitialType.class)
public sealed interface Initial {

    /**
     * The numbers to start from.
     *
     * @param count how many are needed
     * @param random the stream to draw from; asked for only if they are drawn
     * @return {@code [count]}, a new array
     * @throws IllegalArgumentException if another count of numbers was given
     */
    double[] numbers(int count, Supplier<RandomGenerator> random);

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

        @Override
        public double[] numbers(int count, Supplier<RandomGenerator> random) {
            if (values.size() != count) {
                throw new IllegalArgumentException(values.size() + " initial numbers for " + count);
            }
            return values.stream().mapToDouble(Double::doubleValue).toArray();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Given that && values.equals(that.values);
        }

        @Override
        public int hashCode() {
            return values.hashCode();
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

        @Override
        public double[] numbers(int count, Supplier<RandomGenerator> random) {
            RandomGenerator generator = random.get();
            double[] numbers = new double[count];
            for (int i = 0; i < count; i++) {
                numbers[i] = sd * generator.nextGaussian();
            }
            return numbers;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Normal that && Double.compare(sd, that.sd) == 0;
        }

        @Override
        public int hashCode() {
            return Double.hashCode(sd);
        }
    }
}
