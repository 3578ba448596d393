package dev.ablate.engine.runs.point;

import java.nio.ByteBuffer;
import java.sql.SQLException;

/**
 * Points of an attempt as they are stored: many to a row, since SQLite takes longer for a row than for a thousand bytes in it.
 *
 * <p>A chunk is one stretch of steps after another. A stretch is, highest byte first:
 *
 * <pre>
 * int     n, how many series it has
 * int     k, how many steps
 * int     the number of each series, n times
 * long    each step, k times
 * long    when it was recorded, in milliseconds since 1970, k times
 * double  each value, n times k: those of the first step, then those of the next
 * </pre>
 *
 * <p>Points are numbered in the order of their values, over all chunks of an attempt from 1.
 */
public final class Chunk {

    /** A chunk of more points is not made, unless one step alone has more. */
    static final int MOST_POINTS = 1_000;

    private final ByteBuffer content;

    private Chunk(ByteBuffer content) {
        this.content = content;
    }

    /** One that was stored. */
    static Chunk of(byte[] content) {
        return new Chunk(ByteBuffer.wrap(content));
    }

    /** Looks at a point. */
    public interface Look {
        /** Whether the next one is wanted, too. */
        boolean at(long id, int series, long step, double value, long time) throws SQLException;
    }

    /**
     * The bytes of a stretch.
     *
     * @param numbers of its series
     * @param from the first of its steps, from 0
     * @param to the step behind the last one
     */
    static byte[] bytes(Stretch stretch, int[] numbers, int from, int to) {
        int width = stretch.width();
        int size = to - from;
        ByteBuffer bytes = ByteBuffer.allocate(
                2 * Integer.BYTES + width * Integer.BYTES + size * (2 * Long.BYTES + width * Double.BYTES));
        bytes.putInt(width).putInt(size);
        for (int number : numbers) {
            bytes.putInt(number);
        }
        for (int row = from; row < to; row++) {
            bytes.putLong(stretch.step(row));
        }
        for (int row = from; row < to; row++) {
            bytes.putLong(stretch.time(row));
        }
        for (int row = from; row < to; row++) {
            for (int column = 0; column < width; column++) {
                bytes.putDouble(stretch.value(row, column));
            }
        }
        return bytes.array();
    }

    /** How many points it has. */
    int points() {
        int points = 0;
        for (int at = 0; at < content.limit(); at = behind(at)) {
            points += width(at) * size(at);
        }
        return points;
    }

    /**
     * Looks at its points, until there are no more or no more are wanted.
     *
     * @param last the id of its last point
     * @return whether more are wanted
     */
    boolean each(long last, Look look) throws SQLException {
        long id = last - points();
        for (int at = 0; at < content.limit(); at = behind(at)) {
            int width = width(at);
            int size = size(at);
            int series = at + 2 * Integer.BYTES;
            int steps = series + width * Integer.BYTES;
            int times = steps + size * Long.BYTES;
            int values = times + size * Long.BYTES;
            for (int row = 0; row < size; row++) {
                long step = content.getLong(steps + row * Long.BYTES);
                long time = content.getLong(times + row * Long.BYTES);
                for (int column = 0; column < width; column++) {
                    id++;
                    double value = content.getDouble(values + (row * width + column) * Double.BYTES);
                    if (!look.at(id, content.getInt(series + column * Integer.BYTES), step, value, time)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private int width(int stretch) {
        return content.getInt(stretch);
    }

    private int size(int stretch) {
        return content.getInt(stretch + Integer.BYTES);
    }

    private int behind(int stretch) {
        int width = width(stretch);
        return stretch + (2 + width) * Integer.BYTES + size(stretch) * (2 * Long.BYTES + width * Double.BYTES);
    }
}
