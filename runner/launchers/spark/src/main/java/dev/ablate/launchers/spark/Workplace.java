package dev.ablate.launchers.spark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;

/**
 * What an executor has of an application: the code that trains, with classes of its own, and a folder in the place of the exchange's.
 *
 * <p>Spark's own libraries are of other versions than Ablate's, so neither sees the other: the code is called by types of Java alone.
 */
final class Workplace {

    private static final Map<String, Workplace> ALL = new ConcurrentHashMap<>();

    /** Folders that Spark gives an executor and removes behind it, as a cluster's variables have them. */
    private static final List<String> SCRATCH = List.of("SPARK_EXECUTOR_DIRS", "LOCAL_DIRS", "SPARK_LOCAL_DIRS");

    /** A worker kills an executor 10 s after it has asked it to end; what others kill later has more time. */
    private static final long LONGEST_END_MILLIS = 30_000;

    private static final long PAUSE_MILLIS = 50;

    private final Path folder;
    private final Path exchange;
    private final Path plugins;
    private final String originalExchange;
    private final Method run;

    /** Files and folders that are there, by where they belong. */
    private final Map<String, Boolean> unpacked = new ConcurrentHashMap<>();

    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicBoolean closing = new AtomicBoolean();

    private Workplace(TrainingCode code) throws IOException {
        this.folder = Files.createTempDirectory(scratch(), "ablate-");
        this.exchange = Files.createDirectory(folder.resolve("exchange"));
        this.plugins = Files.createDirectory(folder.resolve("plugins"));
        this.originalExchange = code.exchange();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        Path classes = folder.resolve("classes");
        List<URL> urls = new ArrayList<>();
        for (Shipped entry : code.classPath()) {
            entry.unpack(classes);
            urls.add(classes.resolve(entry.place()).toUri().toURL());
        }
        for (Shipped plugin : code.plugins()) {
            plugin.unpack(plugins);
        }
        this.run = method(code, urls);
    }

    private static Method method(TrainingCode code, List<URL> urls) throws IOException {
        // open as long as the process is there
        ClassLoader classes = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        try {
            return Class.forName(code.className(), true, classes)
                    .getMethod(
                            code.method(),
                            Path.class,
                            Path.class,
                            Map.class,
                            BiConsumer.class,
                            Consumer.class,
                            AtomicBoolean.class);
        } catch (ReflectiveOperationException e) {
            throw new IOException("what was sent cannot train: " + e, e);
        }
    }

    /** The only one of an application in this process. */
    static Workplace of(TrainingCode code) throws IOException {
        try {
            return ALL.computeIfAbsent(code.application(), id -> {
                try {
                    return new Workplace(code);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw new IOException("an executor on " + SparkJob.thisHost() + " cannot be set up: " + e.getMessage(), e);
        }
    }

    private static Path scratch() {
        return SCRATCH.stream()
                .flatMap(name -> Optional.ofNullable(System.getenv(name)).stream())
                .map(folders -> Path.of(folders.split("[," + File.pathSeparator + "]", 2)[0]))
                .filter(Files::isWritable)
                .findFirst()
                .orElse(Path.of(System.getProperty("java.io.tmpdir")));
    }

    /**
     * Trains tasks one after the other.
     *
     * @param context says whether the driver wants them to end
     * @throws IOException if that is not possible here; it may be elsewhere
     */
    ChunkResult train(List<SentTask> tasks, TaskContext context) throws IOException {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        for (SentTask task : tasks) {
            contents.put(task.file(), task.content().getBytes(StandardCharsets.ISO_8859_1));
            for (Shipped other : task.others()) {
                unpack(other);
            }
        }
        Map<String, byte[]> results = new HashMap<>();
        AtomicBoolean cancelled = new AtomicBoolean();
        busy.incrementAndGet();
        try {
            String failure = call(contents, results, context, cancelled);
            if (cancelled.get()) {
                throw new IOException("the runs were ended from outside");
            }
            return new ChunkResult(
                    failure,
                    tasks.stream()
                            .map(task -> results.getOrDefault(task.file(), new byte[0]))
                            .toList());
        } finally {
            busy.decrementAndGet();
        }
    }

    /** Whoever needs what another is unpacking waits for it. */
    private void unpack(Shipped other) throws IOException {
        try {
            unpacked.computeIfAbsent(other.place(), place -> {
                try {
                    other.unpack(exchange);
                    return true;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw new IOException(
                    other.place() + " cannot be unpacked on " + SparkJob.thisHost() + ": " + e.getMessage(), e);
        }
    }

    /** Why it came to no end; empty if it did. */
    private String call(
            Map<String, byte[]> tasks, Map<String, byte[]> results, TaskContext context, AtomicBoolean cancelled) {
        // what was said last of a run whose result is there can wait
        AtomicBoolean trained = new AtomicBoolean();
        BiConsumer<String, byte[]> taken = (task, result) -> {
            results.put(task, result);
            trained.set(true);
        };
        Consumer<String> printer = line -> {
            String original = line.replace(exchange.toString(), originalExchange);
            if (trained.getAndSet(false)) {
                PrintedLines.later(original);
            } else {
                PrintedLines.send(original);
            }
        };
        AtomicBoolean over = new AtomicBoolean();
        Thread watcher = new Thread(() -> watch(context, cancelled, over), "ablate-watcher");
        watcher.setDaemon(true);
        watcher.start();
        try {
            run.invoke(null, plugins, exchange, tasks, taken, printer, cancelled);
            return "";
        } catch (InvocationTargetException e) {
            return String.valueOf(e.getCause());
        } catch (IllegalAccessException e) {
            return e.toString();
        } finally {
            over.set(true);
            PrintedLines.flush();
        }
    }

    private void watch(TaskContext context, AtomicBoolean cancelled, AtomicBoolean over) {
        while (!over.get()) {
            if (context.isInterrupted() || closing.get()) {
                cancelled.set(true);
            }
            PrintedLines.flush();
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Ends what runs, and removes all files. */
    private void close() {
        closing.set(true);
        long until = System.nanoTime() + LONGEST_END_MILLIS * 1_000_000;
        try {
            while (busy.get() > 0 && System.nanoTime() < until) {
                Thread.sleep(PAUSE_MILLIS);
            }
            try (Stream<Path> walk = Files.walk(folder)) {
                for (Path file : walk.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // the cluster, or the system, removes what is left
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
