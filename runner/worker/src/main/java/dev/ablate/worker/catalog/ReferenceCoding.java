package dev.ablate.worker.catalog;

import dev.ablate.core.data.Block;
import dev.ablate.core.data.Column;
import dev.ablate.core.data.Column.Role;
import dev.ablate.core.data.DataException;
import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * Categories as numbers: each category of a feature but the first becomes a feature of 0 and 1, {@code colour=green}.
 *
 * <p>The first is the reference, at which all of them are 0. With a feature for it too, the features of a column would add up to 1 in
 * every row, which is a bias in disguise. Which features there are is decided by the schema alone, so that all parts of the data have
 * the same ones.
 */
final class ReferenceCoding {

    private ReferenceCoding() {}

    /**
     * The data with features of numbers alone, and read; themselves if they were so already.
     *
     * @throws DataException if there is nothing to learn from, or a value is missing
     */
    static Dataset coded(Dataset data) {
        Schema schema = data.schema();
        if (schema.target().isEmpty()) {
            throw new DataException("target", "the data have no column to learn");
        }
        if (schema.task().isEmpty()) {
            throw new DataException(
                    data.target(),
                    "has " + schema.classes().size() + " classes (" + String.join(", ", schema.classes())
                            + "), and two can be learned: gather them into two");
        }
        boolean numbers = schema.features().stream()
                .allMatch(column -> column.categories().isEmpty());
        Dataset coded = numbers ? data : coded(data, schema);
        coded.examples();
        return coded;
    }

    /** Where the number of a coded column comes from: a column of the data, and the category that is 1. */
    private record Source(int column, int category) {}

    private static Dataset coded(Dataset data, Schema schema) {
        List<Column> columns = new ArrayList<>();
        List<Source> sources = new ArrayList<>();
        for (int index = 0; index < schema.columns().size(); index++) {
            Column column = schema.columns().get(index);
            if (column.role() != Role.FEATURE || column.categories().isEmpty()) {
                columns.add(column);
                sources.add(new Source(index, 0));
                continue;
            }
            for (int category = 1; category < column.categories().size(); category++) {
                columns.add(
                        Column.numbers(column.name() + "=" + column.categories().get(category)));
                sources.add(new Source(index, category));
            }
        }
        List<CodedBlock> blocks = new ArrayList<>();
        data.blocks().forEach(block -> blocks.add(new CodedBlock(block, schema.columns(), List.copyOf(sources))));
        return Dataset.of(new Schema(columns, schema.rows(), schema.source()), List.copyOf(blocks))
                .remarking(data.remarks());
    }

    /** A block with its categories as numbers. */
    private record CodedBlock(Block block, List<Column> columns, List<Source> sources) implements Block {

        @Override
        public int rows() {
            return block.rows();
        }

        @Override
        public double number(int column, int row) {
            Source source = sources.get(column);
            if (source.category() == 0) {
                return block.number(source.column(), row);
            }
            int category = block.category(source.column(), row);
            if (category < 0) {
                return Double.NaN;
            }
            return category == source.category() ? 1 : 0;
        }

        @Override
        public int category(int column, int row) {
            return block.category(sources.get(column).column(), row);
        }
    }
}
