package dev.ablate.worker.prepare;

import dev.ablate.core.data.Block;
import dev.ablate.core.data.Column;
import dev.ablate.core.data.Column.Categories;
import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The rows of data that are trained on, and behind them those of other data that are judged on, as one dataset.
 *
 * <p>Columns are found by their names. Which columns a model sees is decided over the first rows alone: a category that only the others
 * have is encoded as none.
 */
public final class JoinedRows implements Iterable<Block> {

    private final List<Block> blocks;
    private final int first;
    private final String heldHash;

    private JoinedRows(List<Block> blocks, int first, String heldHash) {
        this.blocks = blocks;
        this.first = first;
        this.heldHash = heldHash;
    }

    /**
     * Joins data that were read.
     *
     * @param held has all columns of the first, each of the same type, and no other class
     */
    public static Dataset of(Dataset first, Dataset held) {
        List<Column> columns = new ArrayList<>();
        List<Column> theirs = held.schema().columns();
        int[] sources = new int[first.schema().columns().size()];
        int[][] codes = new int[sources.length][];
        for (Column column : first.schema().columns()) {
            int k = columns.size();
            sources[k] = IntStream.range(0, theirs.size())
                    .filter(other -> theirs.get(other).name().equals(column.name()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no column '" + column.name() + "'"));
            List<String> names = theirs.get(sources[k]).categories();
            Set<String> all = new LinkedHashSet<>(column.categories());
            all.addAll(names);
            List<String> order = List.copyOf(all);
            codes[k] = names.stream().mapToInt(order::indexOf).toArray();
            columns.add(
                    names.isEmpty()
                            ? column
                            : new Column(column.name(), column.role(), new Categories(order), column.unit()));
        }
        int count = OpenedData.rows(first);
        List<Block> blocks = Stream.concat(
                        stream(first).map(block -> (Block) new Mapped(
                                block, IntStream.range(0, sources.length).toArray(), new int[sources.length][0])),
                        stream(held).map(block -> new Mapped(block, sources, codes)))
                .toList();
        Schema schema = new Schema(columns, OptionalLong.of((long) count + OpenedData.rows(held)), first.source());
        return Dataset.of(schema, new JoinedRows(blocks, count, held.contentHash()))
                .remarking(first.remarks());
    }

    private static Stream<? extends Block> stream(Dataset data) {
        return StreamSupport.stream(data.blocks().spliterator(), false);
    }

    /** How many rows of data are trained on; empty where they were not joined. */
    public static OptionalInt first(Dataset data) {
        return data.blocks() instanceof JoinedRows joined ? OptionalInt.of(joined.first) : OptionalInt.empty();
    }

    /** The hash of the data that are judged on; empty where they were not joined. */
    public static Optional<String> heldHash(Dataset data) {
        return data.blocks() instanceof JoinedRows joined ? Optional.of(joined.heldHash) : Optional.empty();
    }

    /** These rows alone of some: those that are trained on. */
    static int[] firstOf(Dataset data, int[] rows) {
        OptionalInt first = first(data);
        return first.isEmpty()
                ? rows
                : Arrays.stream(rows).filter(row -> row < first.getAsInt()).toArray();
    }

    @Override
    public Iterator<Block> iterator() {
        return blocks.iterator();
    }

    /**
     * Rows with their columns in another order, and their categories by other numbers.
     *
     * @param sources the block's column of each column
     * @param codes by column and the block's category; nothing where categories stay as they are
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Mapped(Block block, int[] sources, int[][] codes) implements Block {

        @Override
        public int rows() {
            return block.rows();
        }

        @Override
        public double number(int column, int row) {
            return block.number(sources[column], row);
        }

        @Override
        public int category(int column, int row) {
            int code = block.category(sources[column], row);
            return code < 0 || codes[column].length == 0 ? code : codes[column][code];
        }

        @Override
        public String place(int column, int row) {
            return block.place(sources[column], row);
        }
    }
}
