package dev.ablate.engine.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.core.launch.Exchange;
import dev.ablate.core.launch.TaskFile;
import dev.ablate.core.launch.TaskFunction;
import dev.ablate.engine.Ablate;
import dev.ablate.engine.fixture.TestPlugins;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.Provenance;
import dev.ablate.worker.exchange.ResultFile;
import dev.ablate.worker.exchange.RunResult;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tasks that are run within a Java process, by a class loader that sees no class of it. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TasksInProcessTest {

    private static final String SPEC = """
            version: 1
            name: turns
            dataset: { plugin: points }
            trainer: { plugin: together }
            variants: { one: {} }
            seeds: [1, 2]
            """;

    @TempDir
    private Path folder;

    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final Map<String, byte[]> given = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> printed = new ConcurrentLinkedQueue<>();

    /** With what a line ends after which it is cancelled. */
    private String last = "\n";

    private URLClassLoader loader;
    private Exchange exchange;

    @BeforeEach
    void open() throws IOException {
        ExchangeFolder made = new ExchangeFolder(folder.resolve("exchange"), TestPlugins.noCommand());
        exchange = made;
        List<URL> urls = new ArrayList<>();
        urls.add(TestPlugins.services(TurnsPlugin.class).toUri().toURL());
        for (Path entry : made.function(List.of()).classPath()) {
            urls.add(entry.toUri().toURL());
        }
        loader = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    @AfterEach
    void close() throws IOException {
        loader.close();
        System.getProperties().remove(TurnsPlugin.MOST);
        System.getProperties().remove(TurnsPlugin.BOTH);
        System.getProperties().remove(TurnsPlugin.END);
    }

    private List<TaskFile> tasks(String spec) {
        try (Ablate ablate = Ablate.builder()
                .home(folder.resolve("home"))
                .plugins(TestPlugins.loader(TurnsPlugin.class))
                .build()) {
            List<PlannedRun> runs = ablate.experiment("turns", spec).plan().runs();
            return runs.stream()
                    .map(run ->
                            ((ExchangeFolder) exchange).write(run, new Provenance(Map.of("libraries", "another.jar"))))
                    .toList();
        }
    }

    private int run(TaskFile... tasks) throws ReflectiveOperationException, IOException {
        TaskFunction function = exchange.function(List.of(tasks));
        Method method = Class.forName(function.className(), true, loader)
                .getMethod(
                        TaskFunction.METHOD,
                        Path.class,
                        Path.class,
                        Map.class,
                        BiConsumer.class,
                        Consumer.class,
                        AtomicBoolean.class);
        Map<String, byte[]> contents = new LinkedHashMap<>();
        for (TaskFile task : tasks) {
            contents.put(String.valueOf(task.file().getFileName()), Files.readAllBytes(task.file()));
        }
        BiConsumer<String, byte[]> results = (name, result) -> given.put(name, result);
        Consumer<String> printer = line -> {
            printed.add(line);
            cancelled.compareAndSet(false, line.endsWith(last));
        };
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        return (int) method.invoke(null, plugins, exchange.folder(), contents, results, printer, cancelled);
    }

    private RunResult result(TaskFile task) throws IOException {
        return ResultFile.read(
                Files.write(task.result(), given.get(String.valueOf(task.file().getFileName()))));
    }

    /** Each by a thread of its own. */
    private List<Integer> runAtATime(List<TaskFile> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            List<Future<Integer>> ends = new ArrayList<>();
            for (TaskFile task : tasks) {
                ends.add(threads.submit(() -> run(task)));
            }
            List<Integer> codes = new ArrayList<>();
            for (Future<Integer> end : ends) {
                codes.add(end.get());
            }
            return codes;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void runAtATimeAndGiveTheirResults() throws Exception {
        System.getProperties().put(TurnsPlugin.BOTH, new CountDownLatch(2));
        List<TaskFile> tasks = tasks(SPEC);
        assertThat(runAtATime(tasks)).containsExactly(0, 0);
        for (TaskFile task : tasks) {
            RunResult result = result(task);
            assertThat(result.status()).isEqualTo(RunResult.Status.FINISHED);
            assertThat(result.provenance().get("libraries")).contains("guice").doesNotContain("another.jar");
        }
        assertThat(printed).hasSize(2).allMatch(line -> line.endsWith(".task finished"));
    }

    @ParameterizedTest
    @CsvSource({"points, alone", "lonely, counted"})
    void takeTurnsWhereRunsMustNotOverlap(String dataset, String trainer) throws Exception {
        AtomicInteger most = new AtomicInteger();
        System.getProperties().put(TurnsPlugin.MOST, most);
        assertThat(runAtATime(tasks(SPEC.replace("points", dataset).replace("together", trainer))))
                .containsExactly(0, 0);
        assertThat(most).hasValue(1);
    }

    @Test
    void areNotBegunOnceTheyAreCancelled() throws Exception {
        cancelled.set(true);
        TaskFile[] tasks = tasks(SPEC).toArray(TaskFile[]::new);
        assertThat(run(tasks)).isEqualTo(1);
        assertThat(given).isEmpty();
    }

    @Test
    void gainNothingWhereTheyAreCancelledWithoutACheckpoint() throws Exception {
        System.getProperties().put(TurnsPlugin.END, cancelled);
        TaskFile[] tasks = tasks(SPEC.replace("together", "ended")).toArray(TaskFile[]::new);
        assertThat(run(tasks)).isEqualTo(1);
        assertThat(result(tasks[0]).status()).isEqualTo(RunResult.Status.KILLED);
        assertThat(given).hasSize(1);
        assertThat(printed).containsExactly(tasks[0].file() + " killed");
    }

    @Test
    void endWithTheRunThatIsTrainedWhenTheyAreCancelled() throws Exception {
        System.getProperties().put(TurnsPlugin.MOST, new AtomicInteger());
        TaskFile[] tasks = tasks(SPEC.replace("together", "alone")).toArray(TaskFile[]::new);
        last = " finished";
        assertThat(run(tasks)).isEqualTo(Exchange.RESUMABLE);
        assertThat(given).containsOnlyKeys(String.valueOf(tasks[0].file().getFileName()));
        cancelled.set(false);
        assertThat(run(tasks[1])).isZero();
        assertThat(given).hasSize(2);
        assertThat(printed)
                .containsExactly(
                        tasks[0].file() + " finished",
                        tasks[1].file() + " is not begun, as the program is to end",
                        tasks[1].file() + " finished");
    }
}
