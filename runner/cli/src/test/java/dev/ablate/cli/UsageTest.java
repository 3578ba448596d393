package dev.ablate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.cli.Shell.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is typed: help, mistakes, and what the program says of them. */
class UsageTest {

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
    }

    @Test
    void helpNamesEveryCommand() {
        Result result = shell.run("--help");
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains(
                        "run ",
                        "validate ",
                        "plan ",
                        "render ",
                        "list ",
                        "describe ",
                        "explain ",
                        "predict ",
                        "sync ",
                        "ui ",
                        "status ")
                .contains("completion ");
        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void namesCommandsAlikeWhetherTheyAreTypedOrNot() throws IOException {
        String none = shell.run("--help").out();
        // which makes them all
        assertThat(shell.run("--help", "completion").out()).isEqualTo(none);
        assertThat(shell.run("--help", "run", "plan").out()).isEqualTo(none);
        Path words =
                Files.writeString(folder.resolve("words"), "describe trainer perceptron\n", StandardCharsets.UTF_8);
        assertThat(shell.run("@" + words).out()).contains("learning_rate");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "compare",
                "report",
                "validate",
                "plan",
                "render",
                "list",
                "describe",
                "explain",
                "predict",
                "sync",
                "ui",
                "ui start",
                "ui stop",
                "ui status",
                "ui upgrade",
                "ui backup",
                "ui restore",
                "runs",
                "runs export",
                "runs import",
                "status",
                "completion",
                "help"
            })
    void everyCommandHasHelp(String command) {
        Result result = shell.run((command + " --help").split(" "));
        assertThat(result.code()).isZero();
        assertThat(result.out()).startsWith("Usage: ablate " + command);
        assertThat(result.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void theWordHelpDoesWhatTheOptionDoes() {
        assertThat(shell.run("help")).isEqualTo(shell.run("--help"));
        assertThat(shell.run("help", "run")).isEqualTo(shell.run("run", "--help"));
        assertThat(shell.run("help", "ui", "backup")).isEqualTo(shell.run("ui", "backup", "--help"));
        assertThat(shell.run("help", "--help").out()).startsWith("Usage: ablate help");
    }

    @Test
    void theProgramAloneShowsItsHelp() {
        assertThat(shell.run()).isEqualTo(shell.run("--help"));
    }

    @Test
    void everyHintIsWhatIsToBeTyped() {
        shell.startedAs("../a b/ablate");
        String typed = "'../a b/ablate' ";
        assertThat(shell.run("--help").out())
                .startsWith("Usage: " + typed)
                .contains("Try: " + typed + "run or-gate-bias");
        assertThat(shell.run("report", "--help").out().replaceAll("\\s+", " "))
                .contains(
                        "Usage: " + typed + "report",
                        "Try: " + typed + "run or-gate-bias, then " + typed + "report or-gate");
        assertThat(shell.run("rum").err()).endsWith("see: " + typed + "--help\n");
        assertThat(shell.run("sync").err()).endsWith("To start one: " + typed + "ui\n");
        String wrong =
                shell.run("run", "or-gate-bias", "--set", "trainer.epoch=1").err();
        assertThat(wrong).contains("(" + typed + "describe trainer perceptron)");
        String answer = shell.run("run", "or-gate-seeds", "--seeds", "7", "--set", "name=a b")
                .out();
        assertThat(answer.replaceAll("\\s+", " "))
                .contains("chance: " + typed + "run or-gate-seeds --set 'name=a b' --repeats 10")
                .contains("To see it in MLflow: " + typed + "ui ");
        assertThat(shell.run("status").out()).contains(typed + "ui starts it").doesNotContain("(ablate");
        assertThat(shell.run("completion").out())
                .isEqualTo(new Shell(folder).run("completion").out());
    }

    @Test
    void aHintRepeatsTheOptionsThatWereGiven() {
        String uri = "http://me:s3cr3t@127.0.0.1:9";
        String answer = shell.run(
                        "run",
                        "or-gate-seeds",
                        "--set",
                        "trainer.epochs=20",
                        "--seeds",
                        "7",
                        "--tracking-uri",
                        uri,
                        "--experiment",
                        "a b")
                .out();
        assertThat(answer.replaceAll("\\s+", " "))
                .contains("chance: ablate run or-gate-seeds --set trainer.epochs=20"
                        + " --tracking-uri 'http://***@127.0.0.1:9' --experiment 'a b' --repeats 10")
                .doesNotContain("s3cr3t");
        assertThat(shell.run("run", "or-gate-seeds", "--set", "trainer.epochs=20", "--seeds", "7", "--offline")
                        .out()
                        .replaceAll("\\s+", " "))
                .contains("--set trainer.epochs=20 --offline --repeats 10");
    }

    @Test
    void versionSaysItsOwnAndJavas() {
        Result result = shell.run("--version");
        assertThat(result.code()).isZero();
        assertThat(result.out()).matches("ablate [0-9].* \\(Java .+\\)\\R");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version", "run --help", "help run"})
    void helpAndVersionWakeNoGuice(String arguments) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments.split(" ")));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String loaded = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(loaded).contains("dev.ablate.cli.Main ").doesNotContain("com.google.inject.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rum or-gate-bias | error: no command 'rum'; did you mean 'run'?",
                "run or-gate-bias --seed 4 | error: no option '--seed'; did you mean '--seeds'?",
                "run or-gate-bias --ofline | error: no option '--ofline'; did you mean '--offline'?",
                "run or-gate-bias --gate train/mse:good | error: --gate train/mse:good: no verdict 'good'",
                "run or-gate-bais | error: no file and no experiment 'or-gate-bais'; did you mean 'or-gate-bias'?",
                "run or-gate-bias -f yaml | error: --format must be ",
                "run or-gate-bias -o none/out.txt | error: -o: there is no folder",
                "run or-gate-bias -f csv --series | error: --series goes with -f json alone",
                "run or-gate-bias --jobs 0 | error: --jobs must be a whole number from 1 to 9999, or auto, got '0'",
                "run or-gate-bias --only bas | error: --only: no variant 'bas'; did you mean 'bias'?",
                "run or-gate-bias --offline --ui | error: --offline and --ui exclude each other",
                "run or-gate-bias --tracking-uri nonsense | error: --tracking-uri must be the address",
                "run or-gate-bias --tracking-uri http://host:99999 | error: --tracking-uri: the port must be from 1 to 65535",
                "run or-gate-bias --tracking-uri http://host --experiment= | error: --experiment must be a name of 1 to 500 characters",
                "run or-gate-bias --set trainer.bias=false | error",
                "run or-gate-bias --seeds 1 --seeds 2 | error",
                "run or-gate-bias other | other",
                "run | error: SPEC is missing: a file, or a shipped experiment's name",
                "list things | error: WHAT must be datasets, trainers, metrics, launchers, experiments or runs, got 'things'",
                "help rum | error: no command 'rum'; did you mean 'run'?",
                "list DATASETS | error: WHAT must be datasets, trainers, metrics, launchers, experiments or runs, got 'DATASETS'",
                "describe things x | error: WHAT must be dataset, trainer, metric, launcher or experiment, got 'things'",
                "describe trainer | error: NAME is missing: its name (ablate list ...)",
                "describe dataset or-gat | did you mean 'or-gate'?",
                "describe experiment or-gate | no experiment 'or-gate'",
                "ui begin | error: no command 'begin'",
                "ui stauts | error: no command 'stauts'; did you mean 'status'?",
                "ui status -f csv | error: --format must be table or json, got 'csv'",
                "ui backup | error: FILE is missing: where to, a zip file",
                "ui backup none/file.zip | error: FILE: there is no folder",
                "ui restore none.zip | error: there is no file none.zip",
                "help ui stauts | error: no command 'stauts'; did you mean 'status'?",
                "sync --tracking-uri ftp://x | error: --tracking-uri must be the address",
                "sync | error: there is no MLflow server to deliver to. To start one: ablate ui",
                "sync or-gate-bias | error: there is no MLflow server to deliver to",
                "sync or-gate-bias more | error: there is no place for 'more'",
                "status --offline | error: no option '--offline'",
                "render or-gate-bias --origin | error: no option '--origin'; did you mean '--origins'?",
                "render or-gate-bias --set trainer.epochs | --set trainer.epochs: error: has no '='",
            })
    void aMistakeIsReportedAndNothingRuns(String line, String message) {
        Result result = shell.run(line.isEmpty() ? new String[0] : line.split(" "));
        assertThat(result.code()).as(result.err()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains(message).doesNotContain("\tat ");
        assertThat(Files.exists(shell.home())).isFalse();
    }

    @Test
    void reportsAllProblemsOfASpecAtOnce() {
        String spec = shell.write("bad.yaml", """
                version: 1
                name: bad
                dataset: { plugin: or-gat }
                trainer:
                  plugin: perceptron
                  lerning_rate: 0.5
                  epochs: 10
                variants:
                  bias: { trainer.bias: yes }
                """);
        Result result = shell.run("run", spec);
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .contains("bad.yaml:3:", "'or-gate'", "bad.yaml:6:3", "learning_rate", "bad.yaml:9:")
                .containsPattern("[3-9] errors; nothing was run\\.\\R$");
        assertThat(Files.exists(shell.home())).isFalse();
    }

    @Test
    void noSecretIsPrintedWhateverIsWrongWithIt() {
        for (String value : List.of("s3cr3t\nmore", "s3cr3t\u20ac", "s3\u0000cr3t")) {
            for (String verbosity : List.of("-q", "-v")) {
                Result result = new Shell(folder)
                        .with("MLFLOW_TRACKING_TOKEN", value)
                        .run("run", "or-gate-bias", verbosity, "--tracking-uri", "http://127.0.0.1:9");
                assertThat(result.code()).as(result.err()).isEqualTo(2);
                assertThat(result.err())
                        .startsWith("error: MLFLOW_TRACKING_TOKEN must be ")
                        .doesNotContain("s3", "cr3t", "\tat ");
            }
        }
    }

    @Test
    void completesCommandsAndOptions() {
        Result result = shell.run("completion");
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .startsWith("#!")
                .contains("ablate", "--retry-failed", "--origins", "_picocli_ablate_ui_backup")
                // the words as they are typed
                .contains("\"datasets\"", "\"experiment\"", "\"json\"")
                .doesNotContain("DATASETS", "EXPERIMENT", "JSON");
    }
}
