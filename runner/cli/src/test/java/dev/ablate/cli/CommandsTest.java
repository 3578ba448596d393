package dev.ablate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ablate.cli.Shell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands do and print, where nothing is wrong. */
class CommandsTest {

    static final String QUICK = """
            version: 1
            name: quick
            dataset: { plugin: or-gate }
            trainer: { plugin: perceptron, learning_rate: 0.5, epochs: 20 }
            variants:
              bias: { trainer.bias: true }
              no-bias: { trainer.bias: false }
            seeds: { count: 3, base: 7 }
            predict: [[0, 0]]
            """;

    @TempDir
    private Path folder;

    private Shell shell;
    private String quick = "";

    @BeforeEach
    void open() {
        shell = new Shell(folder);
        quick = shell.write("quick.yaml", QUICK);
    }

    @Test
    void answersTheOrGate() {
        Result first = shell.run("run", "or-gate-bias");
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.out())
                .startsWith("""
                        bias: train/mse is 0.0619 lower than no-bias (0.000636 against 0.0625); both are
                        deterministic, so no test applies.
                        """)
                .contains("At (0, 0), where the data say 0: bias answers 0.0411")
                .contains("\n 0   0  0  0.04113   0.5\n")
                .endsWith("""

                        2 run, 0 reused
                        To see it in MLflow: ablate ui

                        bias: train/mse is 0.0619 lower than no-bias (0.000636 against 0.0625); both are
                        deterministic, so no test applies.
                        """);
        assertThat(first.err()).isEmpty();

        Result second = shell.run("run", "or-gate-bias");
        assertThat(second.out()).contains("\n0 run, 2 reused\n");
        assertThat(second.out().lines().limit(20))
                .containsExactlyElementsOf(first.out().lines().limit(20).toList());
    }

    @Test
    void printsOneDocumentForPrograms() {
        Result result = shell.run("run", quick, "-f", "json", "--series");
        JsonObject document = JsonParser.parseString(result.out()).getAsJsonObject();
        assertThat(document.getAsJsonArray("runs")).hasSize(6);
        JsonObject run = document.getAsJsonArray("runs").get(0).getAsJsonObject();
        assertThat(run.getAsJsonArray("steps")).hasSize(21);
        assertThat(run.getAsJsonObject("series").getAsJsonArray("train/mse")).hasSize(21);
        assertThat(run.getAsJsonObject("series").keySet()).contains("weights/x1", "train/accuracy");
        assertThat(result.err()).contains("ablate ui");
    }

    @Test
    void writesAFileInsteadOfPrinting() throws IOException {
        Path file = folder.resolve("out.csv");
        Result result = shell.run("run", quick, "-f", "csv", "-o", file.toString());
        assertThat(result.out()).isEmpty();
        assertThat(Files.readAllLines(file))
                .hasSize(7)
                .first()
                .asString()
                .startsWith("variant,seed,pair,status,updates,");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("home", "out.csv", "quick.yaml");
        }
    }

    @Test
    void runsOneVariantAndComparesItWithWhatIsThere() {
        Result alone = shell.run("run", quick, "--only", "bias");
        assertThat(alone.code()).isZero();
        assertThat(alone.out())
                .startsWith("bias: train/accuracy is ")
                .contains("on average of 3 seeds. ", "3 run, 0 reused");
        Result other = shell.run("run", quick, "--only", "no-bias", "-f", "json");
        JsonObject document = JsonParser.parseString(other.out()).getAsJsonObject();
        assertThat(document.getAsJsonArray("runs")).hasSize(6);
        assertThat(document.getAsJsonArray("effects")
                        .get(0)
                        .getAsJsonObject()
                        .get("n")
                        .getAsInt())
                .isEqualTo(3);
    }

    @Test
    void runsAgainWhatIsForced() {
        shell.run("run", quick);
        assertThat(shell.run("run", quick, "--force").out()).contains("6 run, 0 reused");
    }

    @Test
    void reportsAFailureAndHowToRepeatItAlone() {
        String spec = shell.write("diverge.yaml", """
                version: 1
                name: diverge
                dataset: { plugin: or-gate }
                trainer: { plugin: perceptron, activation: identity, learning_rate: 0.1, epochs: 2000 }
                variants:
                  calm: { trainer.learning_rate: 0.1 }
                  wild: { trainer.learning_rate: 1000 }
                """);
        Result result = shell.run("run", spec);
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out().replaceAll("\\s+", " "))
                .contains("run wild/seed=1 failed after ")
                .contains("To repeat it alone: ablate run " + spec + " --only wild --seeds 1")
                .contains("1 run, 0 reused, 1 failed");
        Result again = shell.run("run", spec);
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.out()).contains("0 run, 1 reused, 1 failed").contains("--retry-failed");
        Result three = shell.run("run", spec, "--seeds", "1,2,3");
        assertThat(three.out().replaceAll("\\s+", " "))
                .containsOnlyOnce("train/mse is not finite")
                .contains("; 2 more runs of this variant failed in the same way. To repeat it alone: ")
                .contains(" 3 failed");
    }

    @Test
    void isNotDoneWithoutTheTrackingThatIsRequired() {
        Result result = shell.run("run", quick, "--require-tracking");
        assertThat(result.code()).isEqualTo(4);
        assertThat(result.err()).contains("which --require-tracking asks for: there is no server to deliver to");
        assertThat(result.out()).contains("6 run, 0 reused");
    }

    @Test
    void keepsRunsWhileAServerIsDown() {
        Result result = shell.run("run", quick, "--tracking-uri", "http://127.0.0.1:9");
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains("MLflow at http://127.0.0.1:9 ")
                .contains("6 runs are stored. When it is up: ablate sync --tracking-uri http://127.0.0.1:9\n");
        Result status = shell.run("status", "--tracking-uri", "http://127.0.0.1:9");
        assertThat(status.out()).contains("all but 1 comparison");
        Result sync = shell.run("sync", "--tracking-uri", "http://127.0.0.1:9");
        assertThat(sync.code()).isEqualTo(4);
        assertThat(sync.out()).contains("are stored");
        assertThat(sync.err()).isEmpty();
        Result inherited = new Shell(folder)
                .with("MLFLOW_TRACKING_URI", "http://127.0.0.1:9")
                .run("sync");
        assertThat(inherited.code()).isEqualTo(4);
        assertThat(inherited.out()).endsWith("6 runs are stored. When it is up: ablate sync\n");
    }

    @Test
    void hasNothingToDeliverBeforeAnythingRan() {
        Result result = shell.run("sync", "--tracking-uri", "http://127.0.0.1:9");
        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo("There are no runs to deliver yet.\n");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void saysThatARunWasKilledWhereNobodyTrainsIt() throws SQLException {
        shell.run("run", quick, "--seeds", "7");
        try (Connection store = DriverManager.getConnection(
                        "jdbc:sqlite:" + shell.home().resolve("runs.db"));
                Statement statement = store.createStatement()) {
            // as the store has it after kill -9
            statement.execute("update attempt set status = 'RUNNING' where id = 1");
        }
        assertThat(shell.run("status").out()).contains("2: 1 finished, 1 killed");
        assertThat(shell.run("list", "runs").out()).contains(" killed ").doesNotContain("running");
        assertThat(shell.run("plan", quick, "--seeds", "7").out()).contains("go on at 20 updates");
    }

    @Test
    void showsWhatWouldRunAndRunsNothing() {
        for (List<String> command : List.of(List.of("plan", quick), List.of("run", quick, "--dry-run"))) {
            Result result = shell.run(command.toArray(String[]::new));
            assertThat(result.code()).isZero();
            assertThat(result.out())
                    .containsPattern("(?m)^variant +seed +key +would\n^bias +7 +[0-9a-f]{8} +train$")
                    .containsPattern("(?m)^no-bias +9 +[0-9a-f]{8} +train$")
                    .contains("6 runs: 6 to train, 0 there");
            assertThat(Files.exists(shell.home())).isFalse();
        }
        shell.run("run", quick, "--seeds", "7");
        assertThat(shell.run("plan", quick).out()).contains("be reused", "6 runs: 4 to train, 2 there");
    }

    @Test
    void showsWhatIsSweptAndCountsTheRunsThatItDoesNotShow() {
        String sweep = "sweep={ params: { trainer.learning_rate: [0.125, 0.25], trainer.epochs: [1, 2] } }";
        String out = shell.run("plan", quick, "--set", sweep).out();
        assertThat(out)
                .containsPattern("(?m)^variant +learning_rate +epochs +seed +key +would$")
                .containsPattern("(?m)^no-bias +0.25 +2 +9 +[0-9a-f]{8} +train$")
                .contains("\n4 cells, 24 runs: 24 to train, 0 there\n");
        assertThat(out.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));

        String many =
                shell.run("plan", quick, "--set", sweep, "--repeats", "20").out();
        assertThat(many.lines()).hasSizeLessThan(70);
        assertThat(many)
                .contains("\nand 130 more runs: 130 to train, 0 there\n")
                .endsWith("\n4 cells, 160 runs: 160 to train, 0 there\n");
        assertThat(shell.run("validate", quick, "--set", sweep).out())
                .isEqualTo("quick is valid: 2 variants, 4 cells, 3 seeds, 24 runs\n");
    }

    @Test
    void saysThatASpecIsValid() {
        Result result = shell.run("validate", quick);
        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo("quick is valid: 2 variants, 3 seeds, 6 runs\n");
    }

    @Test
    void rendersASpecThatReadsBackAsTheSameRuns() {
        String rendered = shell.run("render", quick).out();
        assertThat(rendered).contains("learning_rate: 0.5");
        String again = shell.write("again.yaml", rendered);
        shell.run("run", quick);
        assertThat(shell.run("plan", again).out()).contains("6 runs: 0 to train, 6 there");
        assertThat(shell.run("render", quick, "--origins", "--set", "trainer.epochs=5")
                        .out())
                .contains("quick.yaml:4:", "--set trainer.epochs=5");
    }

    @Test
    void listsWhatThereIs() {
        assertThat(shell.run("list", "datasets").out()).contains("or-gate", "virus-symptoms", "table");
        assertThat(shell.run("list", "trainers").out()).contains("perceptron");
        assertThat(shell.run("list", "metrics").out().lines())
                .contains(
                        "accuracy           Share of the rows whose class is answered right",
                        "mse                Mean of the squared errors",
                        "roc_auc            How often a row of a class is answered higher than another row",
                        "sse                Sum of the squared errors")
                .hasSize(16);
        assertThat(shell.run("list", "launchers").out()).startsWith("local  Threads of this process, the default\n");
        assertThat(shell.run("list", "experiments").out())
                .contains("or-gate-bias", "Does a neuron need a bias to learn OR?");
        assertThat(shell.run("list").out())
                .containsSubsequence(
                        "datasets\n",
                        "or-gate",
                        "trainers\n",
                        "perceptron",
                        "metrics\n",
                        "accuracy",
                        "launchers\n",
                        "local",
                        "experiments\n",
                        "or-gate-bias");
        assertThat(shell.run("list", "runs").code()).isZero();
        shell.run("run", quick);
        assertThat(shell.run("list", "runs").out().lines().filter(line -> line.contains("finished")))
                .hasSize(6);
    }

    @Test
    void describesADatasetWithItsContradictions() {
        assertThat(shell.run("describe", "dataset", "virus-symptoms").out())
                .contains("loss_of_smell", "8 rows of 4 features", "7 of 8")
                .containsPattern("accuracy 0\\.875");
        assertThat(shell.run("describe", "dataset", "table").out()).contains("target", "required");
        assertThat(shell.run("describe", "trainer", "perceptron").out())
                .contains("learning_rate", "required", "as-published", "sigmoid");
        assertThat(shell.run("describe", "experiment", "or-gate-bias").out()).contains("Does a neuron need a bias");
    }

    @Test
    void describesADataset() {
        Result result = shell.run("describe", "dataset", "or-gate");
        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo("""
                or-gate: Truth table of OR: a line separates its classes
                source: Shukla and Iriondo, "Neural networks from scratch with Python code and math in detail"

                no options

                4 rows of 2 features, target y (0 or 1)

                x1  x2  y
                 0   0  0
                 0   1  1
                 1   0  1
                 1   1  1
                """);
    }

    @Test
    void describesAMetric() {
        assertThat(shell.run("describe", "metric", "accuracy").out()).isEqualTo("""
                accuracy: Share of the rows whose class is answered right

                of: two classes, three classes or more
                better: higher
                values: from 0 to 1
                trivial answer: the commonest class of the training targets
                """);
        assertThat(shell.run("describe", "metric", "acuracy").err())
                .contains("no metric 'acuracy'", "did you mean 'accuracy'?");
        assertThat(shell.run("describe", "metric", "perceptron").err()).contains("'perceptron' is a trainer");
    }

    @Test
    void describesTheLauncherOfTheProgramItself() {
        assertThat(shell.run("describe", "launcher", "local").out()).isEqualTo("""
                local: Threads of this process, the default

                no options
                """);
        assertThat(shell.run("describe", "launcher", "locale").err())
                .containsPattern("no launcher 'locale'; there (is|are) local[ ,]")
                .contains("did you mean 'local'?");
    }

    @Test
    void printsResultsOnStandardOutputAlone() {
        String one = shell.write("one.yaml", QUICK.replace("{ count: 3, base: 7 }", "[7]"));
        shell.run("run", one);
        for (String line : List.of(
                "run " + one,
                "validate " + one,
                "plan " + one,
                "render " + one,
                "render " + one + " --origins",
                "list datasets",
                "list trainers",
                "list metrics",
                "list launchers",
                "list experiments",
                "list runs",
                "describe trainer perceptron",
                "describe metric mse",
                "describe launcher local",
                "describe experiment or-gate-bias",
                "status",
                "ui status",
                "ui stop",
                "completion")) {
            Result result = shell.run(line.split(" "));
            assertThat(result.code()).as(line).isZero();
            assertThat(result.out()).as(line).endsWith("\n").doesNotContain("\u001b");
            assertThat(result.err()).as(line).isEmpty();
        }
    }

    @Test
    void saysWhereThingsAre() {
        Result before = shell.run("status");
        assertThat(before.out()).contains(shell.home().toString(), "not there yet");
        assertThat(Files.exists(shell.home())).isFalse();
        shell.run("run", quick);
        assertThat(shell.run("status").out()).contains("6: 6 finished").contains("ablate ui");
        assertThat(shell.run("ui", "status").out()).contains("MLflow does not run");
        assertThat(shell.run("ui", "stop").out()).contains("MLflow does not run");
        JsonObject json = JsonParser.parseString(
                        shell.run("ui", "status", "-f", "json").out())
                .getAsJsonObject();
        assertThat(json.get("running").getAsBoolean()).isFalse();
        assertThat(json.get("address").isJsonNull()).isTrue();
        assertThat(json.get("data").getAsString())
                .isEqualTo(shell.home().resolve("mlflow").toString());
        assertThat(json.get("database_bytes").getAsLong()).isZero();
    }

    @Test
    void putsTheDataOfTheServerIntoAFileAndHasThemBack() throws Exception {
        Path backup = shell.home().resolveSibling("kept.zip");
        Result nothing = shell.run("ui", "backup", backup.toString());
        assertThat(nothing.code()).isEqualTo(1);
        assertThat(nothing.err()).startsWith("error: there is nothing to back up: ");
        assertThat(shell.home().resolveSibling("kept.zip")).doesNotExist();

        Path data = Files.createDirectories(shell.home().resolve("mlflow"));
        Files.write(data.resolve("mlflow.db"), new byte[0]);
        assertThat(shell.run("ui", "backup", backup.toString()).err())
                .startsWith("error: there is nothing to back up: ");
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("mlflow.db"));
                Statement statement = database.createStatement()) {
            statement.execute("CREATE TABLE alembic_version AS SELECT 'a-state' AS version_num");
            statement.execute("CREATE TABLE runs AS SELECT 'a-run' AS run_uuid");
        }
        Files.createDirectories(data.resolve("artifacts/1"));
        Files.writeString(data.resolve("artifacts/1/a.txt"), "kept");
        Result result = shell.run("ui", "backup", backup.toString());
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).startsWith(backup + " holds the MLflow server's data: ");
        Result again = shell.run("ui", "backup", backup.toString());
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("is there already; with --force it is replaced");
        assertThat(shell.run("ui", "backup", backup.toString(), "--force").code())
                .isZero();

        Result inside =
                shell.run("ui", "backup", data.resolve("artifacts/1/self.zip").toString());
        assertThat(inside.code()).isEqualTo(1);
        assertThat(inside.err()).startsWith("error: a backup cannot be a part of what it holds");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
                .isEqualTo("rw-------");

        Result there = shell.run("ui", "restore", backup.toString());
        assertThat(there.code()).isEqualTo(1);
        assertThat(there.err()).contains("with --force they are put aside and replaced");
        Files.writeString(backup, "spoilt");
        Result spoilt = shell.run("ui", "restore", backup.toString(), "--force");
        assertThat(spoilt.code()).isEqualTo(1);
        assertThat(spoilt.err()).contains("is not a backup of ablate ui");
        assertThat(data.resolve("artifacts/1/a.txt")).hasContent("kept");
        try (Stream<Path> files = Files.list(backup.resolveSibling(""))) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.endsWith(".tmp"));
        }
    }

    @Test
    void putsNoBackupInThePlaceOfAPipeOrADevice() throws Exception {
        Path pipe = shell.home().resolveSibling("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Result result = shell.run("ui", "backup", pipe.toString(), "--force");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("FILE is not a regular file: " + pipe);
        assertThat(Files.isRegularFile(pipe)).isFalse();
    }

    @Test
    void coloursAsAPersonWants() {
        assertThat(shell.run("run", quick).out()).doesNotContain("\u001b");
        assertThat(new Shell(folder)
                        .with("CLICOLOR_FORCE", "1")
                        .run("run", quick)
                        .out())
                .contains("\u001b[1m");
        assertThat(new Shell(folder)
                        .with("CLICOLOR_FORCE", "1")
                        .run("run", quick, "--no-color")
                        .out())
                .doesNotContain("\u001b");
        assertThat(new Shell(folder).onTerminal().run("run", quick).out()).contains("\u001b[1m");
        assertThat(new Shell(folder)
                        .onTerminal()
                        .with("NO_COLOR", "1")
                        .run("run", quick)
                        .out())
                .doesNotContain("\u001b");
        assertThat(new Shell(folder)
                        .onTerminal()
                        .with("TERM", "dumb")
                        .run("run", quick)
                        .out())
                .doesNotContain("\u001b");
    }

    @Test
    void printsNothingButTheResultWhenAskedToBeQuiet() {
        Result result = shell.run("run", quick, "-q", "-f", "json");
        assertThat(result.err()).isEmpty();
        assertThat(shell.run("-v", "run", quick, "--force").err())
                .contains("run bias/seed=7")
                .contains("begins");
    }
}
