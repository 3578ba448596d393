package dev.ablate.trainers.program;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Numbers in the files of NumPy (format 1.0, {@code numpy.lib.format}), or as text with commas. */
final class NumberFile {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    /** The data begin at a multiple of it. */
    private static final int ALIGNMENT = 64;

    private static final Pattern HEADER = Pattern.compile(
            "\\{\\s*'descr':\\s*'([<>|=])([fiub])(\\d)',\\s*'fortran_order':\\s*(True|False),\\s*'shape':\\s*\\(([\\d, ]*)\\).*",
            Pattern.DOTALL);

    private NumberFile() {}

    /** What gives the numbers of each row. */
    interface Rows {
        /** The values of a row, from 0. */
        double[] row(int index);
    }

    /** Writes float64, {@code [rows, width]}; {@code [rows]} where the width is 0, of one number a row. */
    static void write(Path file, int rows, int width, Rows values) throws IOException {
        String shape = width == 0 ? "(" + rows + ",)" : "(" + rows + ", " + width + ")";
        StringBuilder header = new StringBuilder("{'descr': '<f8', 'fortran_order': False, 'shape': " + shape + ", }");
        while ((MAGIC.length + 4 + header.length() + 1) % ALIGNMENT != 0) {
            header.append(' ');
        }
        header.append('\n');
        try (OutputStream stream = Files.newOutputStream(file);
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(stream, 1 << 16))) {
            out.write(MAGIC);
            out.writeByte(1);
            out.writeByte(0);
            out.writeShort(Short.reverseBytes((short) header.length()));
            out.write(header.toString().getBytes(StandardCharsets.US_ASCII));
            for (int row = 0; row < rows; row++) {
                for (double value : values.row(row)) {
                    out.writeLong(Long.reverseBytes(Double.doubleToRawLongBits(value)));
                }
            }
        }
    }

    /**
     * Reads numbers row by row.
     *
     * @param name what the program calls the file
     * @throws ProgramFailure if they cannot be read
     */
    static double[] read(Path file, String name) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            return Arrays.equals(bytes, 0, Math.min(bytes.length, MAGIC.length), MAGIC, 0, MAGIC.length)
                    ? numpy(bytes)
                    : text(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException e) {
            throw new ProgramFailure("predictions that cannot be read from " + name + ": "
                    + (e instanceof IOException ? e : String.valueOf(e.getMessage())));
        }
    }

    private static double[] numpy(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        in.position(MAGIC.length);
        int version = in.get();
        in.get();
        int length = version == 1 ? Short.toUnsignedInt(in.getShort()) : in.getInt();
        byte[] text = new byte[length];
        in.get(text);
        Matcher header = HEADER.matcher(new String(text, StandardCharsets.US_ASCII));
        if (!header.matches()) {
            throw new IllegalArgumentException("its header is " + new String(text, StandardCharsets.US_ASCII).strip());
        }
        in.order(header.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        List<Integer> shape = Stream.of(header.group(5).split(",", -1))
                .map(String::strip)
                .filter(size -> !size.isEmpty())
                .map(Integer::valueOf)
                .toList();
        double[] values = new double[shape.stream().reduce(1, Math::multiplyExact)];
        for (int k = 0; k < values.length; k++) {
            values[k] = number(in, header.group(2) + header.group(3));
        }
        boolean byColumn = header.group(4).equals("True") && shape.size() == 2;
        return byColumn ? transposed(values, shape.get(0), shape.get(1)) : values;
    }

    private static double number(ByteBuffer in, String type) {
        return switch (type) {
            case "f8" -> in.getDouble();
            case "f4" -> in.getFloat();
            case "i8", "u8" -> in.getLong();
            case "i4" -> in.getInt();
            case "u4" -> Integer.toUnsignedLong(in.getInt());
            case "i2" -> in.getShort();
            case "u2" -> Short.toUnsignedInt(in.getShort());
            case "i1" -> in.get();
            case "u1", "b1" -> Byte.toUnsignedInt(in.get());
            default -> throw new IllegalArgumentException("its numbers are of type " + type);
        };
    }

    private static double[] transposed(double[] byColumn, int rows, int width) {
        double[] values = new double[byColumn.length];
        for (int k = 0; k < values.length; k++) {
            values[k] = byColumn[k % width * rows + k / width];
        }
        return values;
    }

    private static double[] text(String text) {
        return text.lines()
                .filter(line -> !line.isBlank())
                .flatMap(line -> Stream.of(line.split(",", -1)))
                .mapToDouble(cell -> Double.parseDouble(cell.strip()))
                .toArray();
    }
}
