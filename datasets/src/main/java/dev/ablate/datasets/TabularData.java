package dev.ablate.datasets;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.DatasetSource;
import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Task;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Reads a person's own data, from a CSV file or from the spec. */
final class TabularData implements DatasetSource<TableOptions> {

    @Override
    public Dataset open(TableOptions options) {
        return options.file()
                .map(file -> {
                    CsvFile csv =
                            CsvFile.read(file, options.separator().orElseThrow().charAt(0));
                    Header header = csv.header(options.target());
                    List<double[]> rows = csv.numbers(header, options.task());
                    return dataset(
                            header,
                            rows,
                            options,
                            row -> csv.text(row, header.targetIndex()),
                            String.valueOf(file.getFileName()));
                })
                .orElseGet(() -> {
                    Header header = new Header(options.columns().orElseThrow(), options.target());
                    List<double[]> rows = options.rows().orElseThrow().stream()
                            .map(row -> row.stream()
                                    .mapToDouble(Double::doubleValue)
                                    .toArray())
                            .toList();
                    return dataset(
                            header, rows, options, row -> Target.written(rows.get(row)[header.targetIndex()]), "");
                });
    }

    private static Dataset dataset(
            Header header, List<double[]> rows, TableOptions options, IntFunction<String> written, String source) {
        int width = header.names().size();
        int target = header.targetIndex();
        double[] features = new double[Math.multiplyExact(rows.size(), width - 1)];
        double[] targets = new double[rows.size()];
        for (int i = 0; i < targets.length; i++) {
            double[] row = rows.get(i);
            int to = i * (width - 1);
            System.arraycopy(row, 0, features, to, target);
            System.arraycopy(row, target + 1, features, to + target, width - 1 - target);
            targets[i] = row[target];
        }
        Target learned = Target.of(targets, options.task(), written);
        Examples examples = Examples.of(header.features(), features, learned.coded(targets));
        if (learned.task() == Task.REGRESSION) {
            return Dataset.regression(examples, header.target(), Map.of(), source);
        }
        return learned.classes().isEmpty()
                ? Dataset.classification(examples, header.target(), source)
                : Dataset.classification(examples, header.target(), learned.classes(), source);
    }
}
