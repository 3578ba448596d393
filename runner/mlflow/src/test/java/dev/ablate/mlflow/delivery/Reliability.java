package dev.ablate.mlflow.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Rows of the table of docs/reliability.md: written where the property {@code ablate.faults.table} names a folder. */
public final class Reliability {

    private Reliability() {}

    /** How often a test is to do what it does: {@code ablate.faults.NAME}, else the number for every build. */
    public static int times(String name, int usual) {
        return Integer.getInteger("ablate.faults." + name, usual);
    }

    /** Does several things, some of them at a time: what waits for a server's pauses leaves the processor to the others. */
    public static void play(String name, int atATime, List<? extends Callable<?>> tries)
            throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(atATime);
        try {
            List<Future<?>> going = new ArrayList<>();
            tries.forEach(each -> going.add(threads.submit(each)));
            int done = 0;
            for (Future<?> each : going) {
                each.get();
                done++;
                if (folder().isPresent() && (done % 20 == 0 || done == tries.size())) {
                    System.err.println("[faults] " + name + ": " + done + " of " + tries.size());
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Writes rows, whatever stands in them, to a file of that name. */
    public static void write(String name, Collection<Row> rows) {
        StringBuilder text = new StringBuilder();
        rows.forEach(row -> text.append(row.text()));
        write(name, text.toString());
    }

    /** Writes a table to a file of that name. */
    public static void write(String name, String text) {
        folder().ifPresent(folder -> {
            try {
                Files.writeString(folder.resolve(name), text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static Optional<Path> folder() {
        return Optional.of(System.getProperty("ablate.faults.table", ""))
                .filter(name -> !name.isEmpty())
                .map(Path::of);
    }

    /** What came of one fault; filled from any thread. */
    static final class Row {
        private final String fault;
        private int tries;
        private int lost;
        private int doubled;
        private final List<Double> seconds = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();

        Row(String fault) {
            this.fault = fault;
        }

        /** @param where for a message, if something was lost or doubled */
        synchronized void add(String where, int faults, StoreOnServer found, double recovery) {
            tries += faults;
            seconds.add(recovery);
            add(where, found);
        }

        /** What a further look found. */
        synchronized void add(String where, StoreOnServer found) {
            lost += found.lost().size();
            doubled += found.doubled().size();
            found.lost().forEach(words -> problems.add(where + ": lost: " + words));
            found.doubled().forEach(words -> problems.add(where + ": doubled: " + words));
        }

        /** What was not delivered at all counts as lost. */
        synchronized void fail(String where, String words) {
            lost++;
            problems.add(where + ": " + words);
        }

        synchronized int tries() {
            return tries;
        }

        /** What was lost or doubled, in words. */
        synchronized List<String> problems() {
            return List.copyOf(problems);
        }

        /** The row, in Markdown: the median of the seconds, and the most. */
        private synchronized String text() {
            List<Double> sorted = seconds.stream().sorted().toList();
            String recovery = sorted.isEmpty()
                    ? "-"
                    : String.format(
                            Locale.ROOT, "%.1f (%.1f)", sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1));
            return String.format(Locale.ROOT, "| %s | %d | %d | %d | %s |%n", fault, tries, lost, doubled, recovery);
        }
    }
}
