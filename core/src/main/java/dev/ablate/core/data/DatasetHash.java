package dev.ablate.core.data;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 over the columns and values of a dataset. */
final class DatasetHash {

    /** A digest is slow byte by byte. */
    private static final int BLOCK = 1 << 16;

    private DatasetHash() {}

    static String of(Dataset dataset) {
        MessageDigest digest = sha256();
        try (DataOutputStream out =
                new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
            if (isOfNumbers(dataset.schema())) {
                addExamples(dataset, out);
            } else {
                addColumns(dataset, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Features of numbers, then the target: what one table of numbers says. */
    private static boolean isOfNumbers(Schema schema) {
        List<Column> columns = schema.columns();
        return schema.target().isPresent()
                && columns.get(columns.size() - 1).role() == Column.Role.TARGET
                && schema.features().size() == columns.size() - 1
                && schema.features().stream()
                        .allMatch(column -> column.categories().isEmpty());
    }

    private static void addExamples(Dataset dataset, DataOutputStream out) throws IOException {
        Schema schema = dataset.schema();
        out.writeUTF(dataset.task().name());
        out.writeUTF(dataset.target());
        out.writeInt(Math.toIntExact(schema.rows().orElseGet(() -> counted(dataset))));
        out.writeInt(schema.features().size());
        for (Column feature : schema.features()) {
            out.writeUTF(feature.name());
        }
        int last = schema.columns().size() - 1;
        boolean classes = !schema.classes().isEmpty();
        try (Numbers numbers = new Numbers(out)) {
            if (dataset.known().isPresent()) {
                for (double[] part : dataset.known().get().rows().parts()) {
                    numbers.addFinite(part);
                }
            } else {
                addFeatures(dataset, last, numbers);
            }
            for (Block block : dataset.blocks()) {
                for (int row = 0; row < block.rows(); row++) {
                    numbers.add(classes ? block.category(last, row) : block.number(last, row));
                }
            }
        }
    }

    private static void addFeatures(Dataset dataset, int count, Numbers numbers) throws IOException {
        for (Block block : dataset.blocks()) {
            for (int row = 0; row < block.rows(); row++) {
                for (int column = 0; column < count; column++) {
                    numbers.add(block.number(column, row));
                }
            }
        }
    }

    private static long counted(Dataset dataset) {
        long rows = 0;
        for (Block block : dataset.blocks()) {
            rows += block.rows();
        }
        return rows;
    }

    private static void addColumns(Dataset dataset, DataOutputStream out) throws IOException {
        List<Column> columns = dataset.schema().columns();
        out.writeUTF("columns");
        out.writeInt(columns.size());
        for (Column column : columns) {
            out.writeUTF(column.name());
            out.writeUTF(column.role().name());
            out.writeInt(column.categories().size());
            if (column.role() != Column.Role.TARGET) {
                for (String category : column.categories()) {
                    out.writeUTF(category);
                }
            }
        }
        try (Numbers numbers = new Numbers(out)) {
            for (Block block : dataset.blocks()) {
                for (int row = 0; row < block.rows(); row++) {
                    for (int column = 0; column < columns.size(); column++) {
                        numbers.add(
                                columns.get(column).categories().isEmpty()
                                        ? block.number(column, row)
                                        : block.category(column, row));
                    }
                }
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Numbers on their way into a digest, many at a time. */
    private static final class Numbers implements AutoCloseable {

        private final OutputStream to;
        private final ByteBuffer block = ByteBuffer.allocate(BLOCK);

        Numbers(OutputStream to) {
            this.to = to;
        }

        void add(double number) throws IOException {
            if (!block.hasRemaining()) {
                flush();
            }
            // one of all NaNs
            block.putLong(Double.doubleToLongBits(number));
        }

        /** Adds numbers of which none is NaN. */
        void addFinite(double[] numbers) throws IOException {
            int at = 0;
            while (at < numbers.length) {
                if (!block.hasRemaining()) {
                    flush();
                }
                int count = Math.min(numbers.length - at, block.remaining() / Double.BYTES);
                block.asDoubleBuffer().put(numbers, at, count);
                block.position(block.position() + count * Double.BYTES);
                at += count;
            }
        }

        private void flush() throws IOException {
            to.write(block.array(), 0, block.position());
            block.clear();
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
