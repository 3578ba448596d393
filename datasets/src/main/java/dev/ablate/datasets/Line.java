package dev.ablate.datasets;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.DatasetSource;
import dev.ablate.core.data.Examples;
import java.util.List;

/** Numbers at equal distances, and whether each is greater than 0. */
final class Line implements DatasetSource<LineOptions> {

    @Override
    public Dataset open(LineOptions options) {
        double[] numbers = new double[options.count()];
        double[] positive = new double[options.count()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(i, options);
            positive[i] = numbers[i] > 0 ? 1 : 0;
        }
        return Dataset.classification(
                Examples.of(List.of("x"), numbers, positive), "positive", BuiltInDatasets.TUTORIAL_A);
    }

    private static double number(int index, LineOptions options) {
        int last = options.count() - 1;
        if (index == 0 || index == last) {
            return index == 0 ? options.from() : options.to();
        }
        // one division, and not a sum of steps, which would drift: 0.1 is 0.1, and the middle of -10 and 10 is 0
        return (options.from() * (last - index) + options.to() * index) / last;
    }
}
