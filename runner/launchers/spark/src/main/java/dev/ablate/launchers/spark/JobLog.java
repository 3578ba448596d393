package dev.ablate.launchers.spark;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a job has printed: Spark itself, and behind it the runs. */
final class JobLog {

    /** What spark-submit and Spark write. */
    static final String OF_SPARK = "spark.log";

    /** What runs print, and why they have no result. */
    static final String OF_RUNS = "runs.log";

    private static final int MOST_OF_SPARK = 16_384;
    private static final int MOST_OF_RUNS = 1 << 20;

    private JobLog() {}

    /** The end of both; empty if nothing was printed. */
    static String read(Path folder) throws IOException {
        return tail(folder.resolve(OF_SPARK), MOST_OF_SPARK) + tail(folder.resolve(OF_RUNS), MOST_OF_RUNS);
    }

    private static String tail(Path file, int most) throws IOException {
        if (Files.notExists(file)) {
            return "";
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long length = in.length();
            byte[] bytes = new byte[(int) Math.min(most, length)];
            in.seek(length - bytes.length);
            in.readFully(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            String whole = bytes.length < length ? text.substring(text.indexOf('\n') + 1) : text;
            return whole.isEmpty() || whole.endsWith("\n") ? whole : whole + "\n";
        }
    }
}
