package dev.ablate.launchers.slurm;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What the array tasks of a job have printed: the end of the file of each. */
final class JobLog {

    /** Of each file. */
    private static final int MOST_BYTES = 16_384;

    private JobLog() {}

    /** Of all array tasks, by their numbers; empty if none has printed anything. */
    static String read(Path logs, String job) throws IOException {
        String begin = "slurm-" + job + "_";
        List<Path> files;
        try (Stream<Path> all = Files.list(logs)) {
            files = all.filter(file -> String.valueOf(file.getFileName()).startsWith(begin))
                    .sorted(Comparator.comparing((Path file) ->
                                    String.valueOf(file.getFileName()).length())
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
        }
        StringBuilder text = new StringBuilder();
        for (Path file : files) {
            text.append(tail(file));
        }
        return text.toString();
    }

    private static String tail(Path file) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long length = in.length();
            byte[] bytes = new byte[(int) Math.min(MOST_BYTES, length)];
            in.seek(length - bytes.length);
            in.readFully(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            boolean cut = bytes.length < length;
            String whole = cut ? text.substring(text.indexOf('\n') + 1) : text;
            return whole.isEmpty() || whole.endsWith("\n") ? whole : whole + "\n";
        }
    }
}
