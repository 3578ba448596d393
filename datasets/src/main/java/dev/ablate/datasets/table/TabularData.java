package dev.ablate.datasets.table;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.DatasetSource;
import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Matrix;
import java.util.List;
import java.util.Map;

/** Reads a person's own data, from a file or from the spec. */
public final class TabularData implements DatasetSource<TableOptions> {

    // not public: Guice would write a class that calls it, which takes longer than all else that a short command does
    TabularData() {}

    @Override
    public Dataset open(TableOptions options) {
        return options.file()
                .map(file -> TableFile.read(file, options))
                .orElseGet(() -> open(options.rows().orElseThrow(), options));
    }

    private static Dataset open(List<List<Double>> rows, TableOptions options) {
        Header header = new Header(options.columns().orElseThrow().names(), options.target());
        int width = header.features().size();
        int target = header.targetIndex();
        double[] features = new double[Math.multiplyExact(rows.size(), width)];
        double[] targets = new double[rows.size()];
        for (int row = 0; row < targets.length; row++) {
            int at = row * width;
            for (int column = 0; column <= width; column++) {
                double value = rows.get(row).get(column);
                if (column == target) {
                    targets[row] = value;
                } else {
                    features[at++] = value;
                }
            }
        }
        LearnedTarget learned = NumberTarget.of(targets, options.choice(), row -> NumberTarget.written(targets[row]));
        return dataset(header.features(), Matrix.wrap(width, features), learned, "");
    }

    /**
     * A dataset of numbers.
     *
     * @param source where the table is from, for a person
     */
    static Dataset dataset(List<String> names, Matrix features, LearnedTarget target, String source) {
        Examples examples = Examples.of(names, features, target.values());
        Dataset data = target.classes().isEmpty()
                ? Dataset.regression(examples, target.name(), Map.of(), source)
                : Dataset.classification(examples, target.name(), target.classes(), source);
        return data.remarking(target.remarks());
    }
}
