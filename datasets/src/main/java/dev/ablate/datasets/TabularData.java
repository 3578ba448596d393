package dev.ablate.datasets;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.DatasetSource;
import dev.ablate.core.data.Matrix;
import java.nio.file.Path;
import java.util.List;

/** Reads a person's own data, from a CSV file or from the spec. */
final class TabularData implements DatasetSource<TableOptions> {

    @Override
    public Dataset open(TableOptions options) {
        return options.file()
                .map(file -> open(file, options))
                .orElseGet(() -> open(options.rows().orElseThrow(), options));
    }

    private static Dataset open(Path file, TableOptions options) {
        char separator = options.separator().orElseThrow().charAt(0);
        return CsvFile.read(file, separator, options.target(), options.task())
                .dataset(String.valueOf(file.getFileName()));
    }

    private static Dataset open(List<List<Double>> rows, TableOptions options) {
        Header header = new Header(options.columns().orElseThrow(), options.target());
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
        Target learned = Target.of(targets, options.task(), row -> Target.written(targets[row]));
        return new NumberTable(header, Matrix.wrap(width, features), targets, learned).dataset("");
    }
}
