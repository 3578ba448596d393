package dev.ablate.runner.mlflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows of the table of docs/reliability.md: written where the property {@code ablate.faults.table} names a file. */
final class Reliability {

    private Reliability() {}

    /** How often a test is to do what it does: {@code ablate.faults.NAME}, else the number for every build. */
    static int times(String name, int usual) {
        return Integer.getInteger("ablate.faults." + name, usual);
    }

    /** What came of one fault. */
    static final class Row {
        private final String fault;
        private int tries;
        private int lost;
        private int doubled;
        private final List<Double> seconds = new ArrayList<>();

        Row(String fault) {
            this.fault = fault;
        }

        void add(int faults, StoreOnServer found, double recovery) {
            tries += faults;
            lost += found.lost().size();
            doubled += found.doubled().size();
            seconds.add(recovery);
        }

        /** The row, in Markdown: the median of the seconds, and the most. */
        private String text() {
            List<Double> sorted = seconds.stream().sorted().toList();
            return String.format(
                    Locale.ROOT,
                    "| %s | %d | %d | %d | %.1f (%.1f) |%n",
                    fault,
                    tries,
                    lost,
                    doubled,
                    sorted.get(sorted.size() / 2),
                    sorted.get(sorted.size() - 1));
        }

        void write() {
            String file = System.getProperty("ablate.faults.table", "");
            if (file.isEmpty() || seconds.isEmpty()) {
                return;
            }
            try {
                Files.writeString(
                        Path.of(file),
                        text(),
                        StandardCharsets.UTF_8,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
