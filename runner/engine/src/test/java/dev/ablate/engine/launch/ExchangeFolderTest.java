package dev.ablate.engine.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.core.launch.TaskFile;
import dev.ablate.engine.Ablate;
import dev.ablate.engine.fixture.TestPlugins;
import dev.ablate.engine.kinds.KindsPlugin;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.Provenance;
import dev.ablate.worker.exchange.RunSpecFile;
import dev.ablate.worker.spec.InputFile;
import dev.ablate.worker.spec.PluginSpec;
import dev.ablate.worker.spec.RunSpec;
import dev.ablate.worker.task.TaskProgram;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in the folder of an exchange, and what of it goes to where a task is run. */
class ExchangeFolderTest {

    private static final String TOYS = """
            version: 1
            name: toys
            dataset: { plugin: toys }
            trainer: { plugin: averaging, updates: 9 }
            """;

    @TempDir
    private Path temporary;

    private ExchangeFolder exchange;
    private PlannedRun run;

    @BeforeEach
    void plan() {
        exchange = new ExchangeFolder(temporary.resolve("exchange"), TestPlugins.noCommand());
        try (Ablate ablate = Ablate.builder()
                .home(temporary.resolve("home"))
                .plugins(TestPlugins.loader(KindsPlugin.class))
                .build()) {
            run = ablate.experiment("toys", TOYS).plan().runs().get(0);
        }
    }

    private TaskFile write() {
        return exchange.write(run, Provenance.NONE);
    }

    @Test
    void isItsOwnersAloneAndNoPartOfACode() throws IOException {
        write();
        if (temporary.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(exchange.folder())))
                    .isEqualTo("rwx------");
        }
        assertThat(exchange.folder().resolve(".gitignore")).hasContent("*");
    }

    @Test
    void hasNotTheTextOfAPatch() {
        Provenance whole = new Provenance(Map.of("java", "17", Provenance.GIT_PATCH, "a secret of this home"));
        assertThat(RunSpecFile.read(exchange.write(run, whole).file()).provenance())
                .isEqualTo(Map.of("java", "17"));
    }

    @Test
    void hasNoResultOfATaskThatIsWrittenAgain() throws IOException {
        TaskFile task = write();
        Files.writeString(task.result(), "of an attempt before");
        assertThat(write().result()).isEqualTo(task.result()).doesNotExist();
    }

    @Test
    void keepsWhatOtherTasksShare() throws IOException {
        write();
        Path input =
                Files.createDirectories(exchange.folder().resolve("inputs")).resolve("shared");
        Files.writeString(input, "an input file");
        exchange.clear();
        assertThat(input).exists();
        exchange.clear(run);
        exchange.clear();
        assertThat(exchange.folder()).doesNotExist();
    }

    @Test
    void losesAResultThatComesWhenNobodyNeedsIt() throws IOException {
        TaskFile task = write();
        exchange.drop(run);
        Files.writeString(task.result(), "of a worker that was about to end");
        exchange.clear();
        assertThat(exchange.folder()).doesNotExist();
    }

    @Test
    void givesATaskItsOwnFileFirst() throws IOException {
        TaskFile task = write();
        assertThat(exchange.files(task)).containsExactly(Path.of(run.key() + ".task"));
    }

    @Test
    void givesATaskAllThatItReads() throws IOException {
        Files.createDirectories(exchange.checkpoint(run.key()));
        Files.writeString(exchange.points(run.key()), "");
        RunSpec spec = RunSpecFile.read(write().file());
        Map<String, Object> ofDataset = Map.of(
                "file", input("1"), "files", List.of(input("2")), "named", Map.of("inner", List.of(input("3"), "4")));
        RunSpec reading = new RunSpec(
                spec.label(),
                spec.key(),
                spec.seed(),
                new PluginSpec("toys", ofDataset),
                spec.source(),
                spec.features(),
                spec.prepare(),
                spec.split(),
                spec.scale(),
                new PluginSpec("averaging", Map.of("start", input("5"), "again", input("1"))),
                spec.decision(),
                spec.stop(),
                spec.timeout(),
                spec.weights(),
                spec.every(),
                spec.metrics(),
                spec.leaves(),
                spec.params(),
                spec.provenance());
        assertThat(TaskFiles.of(exchange.folder(), reading))
                .startsWith(Path.of(run.key() + ".task"))
                .containsExactlyInAnyOrder(
                        Path.of(run.key() + ".task"),
                        Path.of("inputs/1/rows.csv"),
                        Path.of("inputs/2/rows.csv"),
                        Path.of("inputs/3/rows.csv"),
                        Path.of("inputs/5/rows.csv"),
                        Path.of("checkpoints", run.key().hex()),
                        Path.of("checkpoints", run.key() + ".points"));
    }

    private static InputFile input(String hash) {
        return new InputFile("inputs/" + hash + "/rows.csv", hash);
    }

    @Test
    void sendsNoJarsThatOnlyCommandsNeed() throws IOException {
        Path one = Files.createDirectory(temporary.resolve("one"));
        Path other = Files.createDirectory(temporary.resolve("other"));
        Files.writeString(one.resolve("commands-only"), "b.jar\n");
        List<Path> entries = List.of(
                one.resolve("a.jar"), one.resolve("b.jar"), other.resolve("b.jar"), temporary.resolve("classes"));
        String classPath = entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        assertThat(TaskCommand.training(classPath + File.pathSeparator))
                .containsExactly(entries.get(0), entries.get(2), entries.get(3));
    }

    @Test
    void runsTasksWithWhatIsForEachJava() {
        String ofThis = "-XX:TieredStopAtLevel=1";
        assertThat(ManagementFactory.getRuntimeMXBean().getInputArguments())
                .as("what the build starts this Java with")
                .contains(ofThis, "-Djava.awt.headless=true");
        List<String> java = TaskCommand.ofThisJava();
        assertThat(java)
                .doesNotContain(ofThis)
                .contains("-Djava.awt.headless=true", System.getProperty("java.class.path"))
                .endsWith(TaskProgram.class.getName());
        Path plugins = Path.of("plugins");
        assertThat(new TaskCommand(java, List.of(plugins), TestPlugins.catalog()).of(List.of(write())))
                .startsWith(java.toArray(String[]::new))
                .endsWith(
                        "--plugins",
                        plugins.toAbsolutePath().toString(),
                        exchange.task(run).file().toString());
    }
}
