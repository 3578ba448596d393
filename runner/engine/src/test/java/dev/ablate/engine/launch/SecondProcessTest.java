package dev.ablate.engine.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.core.launch.Exchange;
import dev.ablate.core.launch.TaskFile;
import dev.ablate.core.plugin.PluginModule;
import dev.ablate.engine.Ablate;
import dev.ablate.engine.RunOptions;
import dev.ablate.engine.fixture.TestPlugins;
import dev.ablate.engine.kinds.KindsPlugin;
import dev.ablate.engine.launch.SecondProcess.Ended;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.Provenance;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.worker.exchange.ExchangeException;
import dev.ablate.worker.exchange.ResultFile;
import dev.ablate.worker.exchange.RunResult;
import dev.ablate.worker.exchange.RunSpecFile;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs that a second Java trains by files alone are those that this one trains. */
@Timeout(240)
class SecondProcessTest {

    private static final String TOYS = """
            version: 1
            name: toys
            dataset: { plugin: toys }
            data: { split: { test: 0.4 }, scale: { features: standard } }
            trainer: { plugin: averaging, updates: "${env:UPDATES}" }
            variants: { averaging: {}, longer: { trainer: { updates: 12 } }, midpoint: { trainer: { plugin: midpoint } } }
            seeds: [1, 2]
            compare: { baseline: midpoint, primary: test/within_one }
            """;

    @TempDir
    private Path temporary;

    private Path home;
    private Path folder;
    private Path empty;

    @BeforeEach
    void makeFolders() throws IOException {
        home = temporary.resolve("home");
        folder = temporary.resolve("exchange");
        empty = Files.createDirectory(temporary.resolve("empty"));
    }

    private Ablate open() {
        return Ablate.builder()
                .home(home)
                .plugins(TestPlugins.loader(KindsPlugin.class))
                .environment(Map.of("UPDATES", "9"))
                .build();
    }

    /** No more than a worker needs: no SQLite, no YAML, nothing of the engine but the plugins of its tests. */
    private static String classPath(Class<? extends PluginModule> plugins) {
        List<String> needed = List.of("ablate-core", "core", "ablate-worker", "worker");
        List<String> libraries = List.of(
                "guice", "guava", "failureaccess", "aopalliance", "jakarta.inject", "gson", "slf4j-api", "jspecify");
        return Stream.concat(
                        Stream.of(TestPlugins.services(plugins).toString()),
                        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                                .filter(entry -> isOf(entry, needed)
                                        || entry.endsWith(Path.of("engine", "target", "test-classes")
                                                .toString())
                                        || libraries.stream()
                                                .anyMatch(Path.of(entry)
                                                        .getFileName()
                                                        .toString()::startsWith)))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean isOf(String entry, List<String> modules) {
        Path path = Path.of(entry);
        String name = path.getFileName().toString();
        return modules.stream()
                .anyMatch(module -> name.startsWith(module + "-0")
                        || path.endsWith(Path.of(module, "target", "classes"))
                        || path.endsWith(Path.of(module, "target", "test-classes")));
    }

    private List<TaskFile> write(List<PlannedRun> runs) {
        ExchangeFolder tasks = new ExchangeFolder(folder, TestPlugins.noCommand());
        Provenance provenance = new Provenance(Map.of("java", "of this process", "git_commit", "12ab"));
        return runs.stream().map(run -> tasks.write(run, provenance)).toList();
    }

    private Ended train(List<TaskFile> tasks, Map<String, String> environment) throws Exception {
        return SecondProcess.run(
                classPath(KindsPlugin.class),
                empty,
                environment,
                tasks.stream().map(TaskFile::file).toList());
    }

    /** All that must be equal, to the bit. */
    static List<Object> described(RunStore store, RunRecord record) {
        List<Object> all = new ArrayList<>(List.of(
                record.key(),
                record.status(),
                record.error(),
                record.deterministic(),
                record.updates(),
                record.stopped(),
                record.trainRows(),
                record.testRows(),
                record.params(),
                record.metrics(),
                record.parameters()));
        store.points(record.id(), 0, Integer.MAX_VALUE)
                .forEach(point ->
                        all.add(point.series() + " " + point.step() + " " + Double.doubleToRawLongBits(point.value())));
        store.files(record.id())
                .forEach((path, content) -> all.add(path + " " + new String(content, StandardCharsets.ISO_8859_1)));
        all.subList(11, all.size()).sort(null);
        return all;
    }

    @Test
    void areTheSameToTheBitInAnyOrderAndTwice() throws Exception {
        try (Ablate here = open();
                RunStore elsewhere = RunStore.open(temporary.resolve("other"), Clock.systemUTC())) {
            List<PlannedRun> runs = here.experiment("toys", TOYS).plan().runs();
            assertThat(runs).hasSize(6);
            here.experiment("toys", TOYS).run(RunOptions.defaults().jobs(1));
            List<TaskFile> tasks = new ArrayList<>(write(runs));
            Collections.reverse(tasks);
            Ended ended = train(tasks, Map.of("UPDATES", "9"));
            assertThat(ended.status()).as(ended.printed()).isZero();
            Map<String, byte[]> first = results();
            Collections.swap(tasks, 0, 3);
            assertThat(train(tasks, Map.of("UPDATES", "9")).status()).isZero();

            Collector collector = new Collector(elsewhere);
            for (PlannedRun run : runs) {
                elsewhere.submit(run, Set.of());
                RunResult result = ResultFile.read(folder.resolve(run.key() + ".result"));
                RunRecord collected = collector.collect(run, result);
                // what was trained before that is equal, too
                Path before = Files.write(
                        temporary.resolve("before.result"), first.getOrDefault(run.key() + ".result", new byte[0]));
                assertThat(collector.collect(run, ResultFile.read(before))).isEqualTo(collected);
                RunRecord trained = here.store().find(run.key()).orElseThrow();
                assertThat(described(elsewhere, collected)).isEqualTo(described(here.store(), trained));
                assertThat(elsewhere.provenance(collected.id()).values())
                        .containsEntry("git_commit", "12ab")
                        .containsEntry("java", System.getProperty("java.version"));
            }
            assertThat(empty).isEmptyDirectory();
        }
    }

    private Map<String, byte[]> results() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".result"))
                    .collect(Collectors.toMap(file -> file.getFileName().toString(), SecondProcessTest::content));
        }
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void haveFromTheEnvironmentWhatTheyHadHereOrAreRefused() throws Exception {
        try (Ablate here = open()) {
            List<TaskFile> tasks =
                    write(here.experiment("toys", TOYS).plan().runs().subList(0, 1));
            String written = Files.readString(tasks.get(0).file(), StandardCharsets.ISO_8859_1);
            assertThat(written).contains("${env:UPDATES}").doesNotContain("trainer.updates: 9");
            Ended other = train(tasks, Map.of("UPDATES", "17"));
            assertThat(other.status()).isEqualTo(1);
            assertThat(other.printed().lines())
                    .containsExactly("run averaging/seed=1 cannot be trained here: ${env:UPDATES} is another value here"
                            + " than where the run was submitted");
            Ended unset = train(tasks, Map.of());
            assertThat(unset.status()).isEqualTo(1);
            assertThat(unset.printed().lines())
                    .containsExactly("run averaging/seed=1 cannot be trained here: the environment variable UPDATES is"
                            + " not set here, and ${env:UPDATES} needs it");
            assertThat(tasks.get(0).result()).doesNotExist();
        }
    }

    private static final String SHEET = """
            version: 1
            name: sheet
            dataset: { plugin: sheet, file: rows.csv, columns: [x, z] }
            trainer: { plugin: neuron, learning_rate: 0.1, epochs: 1 }
            compare: { primary: mse }
            """;

    @Test
    void takeTheirFilesAlongAndNoOthersForThem() throws Exception {
        Path rows = Files.writeString(temporary.resolve("rows.csv"), "1,2,3\n4,5,6\n");
        Path spec = Files.writeString(temporary.resolve("sheet.yaml"), SHEET);
        try (Ablate here = Ablate.builder()
                .home(home)
                .plugins(TestPlugins.loader(TestPlugins.class))
                .build()) {
            PlannedRun run = here.experiment(spec).plan().runs().get(0);
            List<TaskFile> tasks = write(List.of(run));
            Files.delete(rows);
            String path = TestPlugins.services(TestPlugins.class)
                    + File.pathSeparator
                    + System.getProperty("java.class.path");
            List<Path> files = List.of(tasks.get(0).file());
            Ended ended = SecondProcess.run(path, empty, Map.of(), files);
            assertThat(ended.status()).as(ended.printed()).isZero();
            RunResult result = ResultFile.read(tasks.get(0).result());
            assertThat(result.status()).isEqualTo(RunResult.Status.FINISHED);
            assertThat(result.trainRows()).isEqualTo(2);

            Path copy;
            try (Stream<Path> inputs = Files.walk(folder.resolve("inputs"))) {
                copy = inputs.filter(Files::isRegularFile).findFirst().orElseThrow();
            }
            Files.writeString(copy, "1,2,3\n4,5,7\n");
            assertThat(SecondProcess.run(path, empty, Map.of(), files).printed())
                    .endsWith(" has its result\n");
            Files.delete(tasks.get(0).result());
            Ended other = SecondProcess.run(path, empty, Map.of(), files);
            assertThat(other.status()).isEqualTo(1);
            assertThat(other.printed())
                    .matches("run default/seed=1 cannot be trained here: the input file \\S+/rows.csv has the content"
                            + " [0-9a-f]{64} here, and had [0-9a-f]{64} where the run was submitted\n");
            Files.delete(copy);
            assertThat(SecondProcess.run(path, empty, Map.of(), files).printed())
                    .startsWith("run default/seed=1 cannot be trained here: the input file ")
                    .contains("cannot be read");
        }
    }

    @Test
    void takeTheirFilesAlongAgainWhereAnotherProcessHasRemovedThem() throws Exception {
        Files.writeString(temporary.resolve("rows.csv"), "1,2,3\n4,5,6\n");
        Path spec = Files.writeString(temporary.resolve("sheet.yaml"), SHEET);
        try (Ablate here = Ablate.builder()
                .home(home)
                .plugins(TestPlugins.loader(TestPlugins.class))
                .build()) {
            PlannedRun run = here.experiment(spec).plan().runs().get(0);
            ExchangeFolder tasks = new ExchangeFolder(folder, TestPlugins.noCommand());
            tasks.write(run, Provenance.NONE);
            ExchangeFolder ofAnother = new ExchangeFolder(folder, TestPlugins.noCommand());
            ofAnother.clear(run);
            ofAnother.clear();
            assertThat(folder).doesNotExist();
            tasks.write(run, Provenance.NONE);
            try (Stream<Path> inputs = Files.walk(folder.resolve("inputs"))) {
                assertThat(inputs.filter(Files::isRegularFile)).hasSize(1);
            }
        }
    }

    @Test
    void areNotTrainedOnDataThatHaveChangedSinceTheyWerePlanned() throws Exception {
        Path rows = Files.writeString(temporary.resolve("rows.csv"), "1,2,3\n4,5,6\n");
        Path spec = Files.writeString(temporary.resolve("sheet.yaml"), SHEET);
        try (Ablate here = Ablate.builder()
                .home(home)
                .plugins(TestPlugins.loader(TestPlugins.class))
                .build()) {
            List<PlannedRun> runs = here.experiment(spec).plan().runs();
            // another writing of the same numbers
            Files.writeString(rows, "1,2,3\n4,5,6.0\n");
            assertThat(ofSheet(write(runs)).status()).isZero();
            Files.writeString(rows, "1,2,3\n4,5,7\n");
            Ended other = ofSheet(write(runs));
            assertThat(other.status()).isEqualTo(1);
            assertThat(other.printed())
                    .matches("run default/seed=1 cannot be trained here: dataset.content.sha256 is [0-9a-f]{64} here,"
                            + " and was [0-9a-f]{64} where the run was submitted\n");
        }
    }

    private Ended ofSheet(List<TaskFile> tasks) throws Exception {
        String path =
                TestPlugins.services(TestPlugins.class) + File.pathSeparator + System.getProperty("java.class.path");
        return SecondProcess.run(path, empty, Map.of(), List.of(tasks.get(0).file()));
    }

    @Test
    void areRefusedWhereAPluginIsMissingOrATaskIsDamaged() throws Exception {
        try (Ablate here = open()) {
            List<TaskFile> tasks =
                    write(here.experiment("toys", TOYS).plan().runs().subList(0, 1));
            Ended without = SecondProcess.run(
                    classPath(TestPlugins.class),
                    empty,
                    Map.of(),
                    List.of(tasks.get(0).file()));
            assertThat(without.status()).isEqualTo(1);
            assertThat(without.printed())
                    .matches(
                            "run averaging/seed=1 cannot be trained here: there is no dataset 'toys' here,"
                                    + " and dataset.plugin.sha256 was [0-9a-f]{64} where the run was submitted; there are .*\n");
            byte[] whole = Files.readAllBytes(tasks.get(0).file());
            Files.write(tasks.get(0).file(), Arrays.copyOf(whole, whole.length - 7));
            assertThatThrownBy(() -> RunSpecFile.read(tasks.get(0).file()))
                    .isInstanceOf(ExchangeException.class)
                    .hasMessageEndingWith(" is cut off or damaged: its checksum does not fit");
            assertThat(train(tasks, Map.of("UPDATES", "9")).status()).isEqualTo(1);
        }
    }

    @Test
    void leaveACheckpointWhenTheyAreEndedAndGoOnFromThere() throws Exception {
        String slow = TOYS.replace("\"${env:UPDATES}\"", "200000000");
        try (Ablate here = open()) {
            PlannedRun run = here.experiment("toys", slow).plan().runs().get(0);
            List<TaskFile> tasks = write(List.of(run));
            Path state = folder.resolve("checkpoints").resolve(run.key().hex()).resolve("state");
            Process process = SecondProcess.begin(
                    classPath(KindsPlugin.class),
                    empty,
                    Map.of(),
                    List.of(tasks.get(0).file()),
                    temporary.resolve("printed.txt"));
            try {
                // the first state is there a moment before its update is recorded
                while (process.isAlive() && !isBeyondItsFirst(state)) {
                    Thread.sleep(5);
                }
                // SIGTERM, where there are signals
                process.destroy();
                assertThat(process.waitFor()).isEqualTo(Exchange.RESUMABLE);
            } finally {
                process.destroyForcibly().waitFor();
            }
            RunResult killed = ResultFile.read(tasks.get(0).result());
            assertThat(killed.status()).isEqualTo(RunResult.Status.KILLED);
            assertThat(state).exists();
            Path points = folder.resolve("checkpoints").resolve(run.key() + ".points");
            assertThat(ResultFile.read(points).updates()).isPositive();
            assertThat(here.store().submit(run, Set.of())).isTrue();
            assertThat(new Collector(here.store()).collect(run, killed).status())
                    .isEqualTo(RunStatus.QUEUED);

            // as if it had come nearly to its end
            Files.writeString(state, "199999999 " + Double.doubleToRawLongBits(5));
            Ended further = train(tasks, Map.of());
            assertThat(further.status()).as(further.printed()).isZero();
            RunResult whole = ResultFile.read(tasks.get(0).result());
            assertThat(whole.status()).isEqualTo(RunResult.Status.FINISHED);
            assertThat(whole.parameters().get("mean")).isLessThan(1e-6);
            assertThat(whole.started()).isEqualTo(killed.started());
            assertThat(steps(killed)).isNotEmpty().startsWith(0L);
            assertThat(steps(whole)).startsWith(steps(killed)).endsWith(200_000_000L);
            assertThat(folder.resolve("checkpoints")).isEmptyDirectory();
        }
    }

    private static boolean isBeyondItsFirst(Path state) throws IOException {
        return Files.exists(state) && Files.readString(state).matches("([2-9]|[0-9]{2,}) .+");
    }

    private static long[] steps(RunResult result) {
        return result.series().stream()
                .filter(series -> series.name().equals("train/mse"))
                .findFirst()
                .orElseThrow()
                .steps();
    }
}
