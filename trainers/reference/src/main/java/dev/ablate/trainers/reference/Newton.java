package dev.ablate.trainers.reference;

/** Newton's method on what has one lowest point, or none: steps that lead up are halved, and what never arrives is refused. */
final class Newton {

    /** Newton's method needs some ten steps; what goes on longer goes on for ever. */
    private static final int STEPS = 60;

    /** A step that changes no weighted sum by a larger share than this has arrived. */
    private static final double ARRIVED = 1e-10;

    /** Where rounding hides the way down, the end is this near; else there is none. */
    private static final double NEAR = 1e-6;

    /** So often a step is halved that leads up. */
    private static final int HALVINGS = 40;

    private Newton() {}

    /** What is made small. */
    interface Problem {

        /** The weighted sums of all examples. */
        double[] sums(double[] numbers);

        /** What the numbers cost, whose weighted sums are given. */
        double cost(double[] numbers, double[] sums);

        /**
         * Newton's step from these numbers.
         *
         * @param first whether it is the first one, from numbers that are all 0
         * @throws IllegalArgumentException if there is none
         */
        double[] step(double[] numbers, double[] sums, boolean first);
    }

    /**
     * The numbers that cost least.
     *
     * @param count how many they are
     * @throws IllegalArgumentException if there are none
     */
    static double[] solve(Problem problem, int count) {
        double[] numbers = new double[count];
        double[] sums = problem.sums(numbers);
        double cost = problem.cost(numbers, sums);
        double distance = Double.POSITIVE_INFINITY;
        for (int step = 0; step < STEPS; step++) {
            double[] change = problem.step(numbers, sums, step == 0);
            double[] better = moved(numbers, change, 1);
            double[] betterSums = problem.sums(better);
            distance = distance(sums, betterSums);
            double betterCost = problem.cost(better, betterSums);
            for (int halving = 1; halving < HALVINGS && !(betterCost <= cost); halving++) {
                better = moved(numbers, change, Math.scalb(1.0, -halving));
                betterSums = problem.sums(better);
                betterCost = problem.cost(better, betterSums);
            }
            if (!(betterCost <= cost)) {
                if (distance > NEAR) {
                    throw separable();
                }
                return numbers;
            }
            numbers = better;
            sums = betterSums;
            cost = betterCost;
            if (distance <= ARRIVED) {
                return numbers;
            }
        }
        // rounding may keep it from arriving altogether
        if (distance <= NEAR) {
            return numbers;
        }
        throw separable();
    }

    /** How far the weighted sums move at most, as a share of what they are. */
    private static double distance(double[] sums, double[] others) {
        double distance = 0;
        for (int row = 0; row < sums.length; row++) {
            distance = Math.max(distance, Math.abs(others[row] - sums[row]) / (1 + Math.abs(sums[row])));
        }
        return distance;
    }

    private static double[] moved(double[] numbers, double[] change, double share) {
        double[] moved = numbers.clone();
        for (int k = 0; k < moved.length; k++) {
            moved[k] += share * change[k];
        }
        return moved;
    }

    /** Larger weights are always more likely. */
    static IllegalArgumentException separable() {
        return new IllegalArgumentException(
                "the features separate the classes, or some rows of one from the others, so that larger weights are always"
                        + " more likely: give l2, such as 1");
    }
}
