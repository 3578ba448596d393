package dev.ablate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.cli.Shell.Result;
import dev.ablate.worker.catalog.JarMaker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees of a launcher from a jar in the home. */
class PluginLauncherCommandsTest {

    private static final String SPEC = """
            version: 1
            name: gate
            dataset: { plugin: or-gate }
            trainer: { plugin: perceptron, learning_rate: 0.1, epochs: 5 }
            run: { launcher: { plugin: grid, most: 3 } }
            """;

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
        new JarMaker(folder)
                .module("acme.Acme", "launcher(\"grid\", Grid.class).summary(\"Jobs of our grid\").to(new Jobs());")
                .with("package acme;\n" + JarMaker.IMPORTS + """
                        public record Grid(
                            @Option(help = "which machines", fallback = "all") String partition,
                            @Option(help = "at most so many at a time", atLeast = 1) Optional<Integer> most) {}
                        """)
                .with("package acme;\n" + JarMaker.IMPORTS + """
                        class Jobs implements Launcher<Grid> {
                          public String submit(Grid o, List<TaskFile> tasks, Exchange e) throws IOException { throw new IOException("no grid"); }
                          public JobState poll(Grid o, String job, Exchange e) { return JobState.ENDED; }
                          public void cancel(Grid o, String job, Exchange e) {}
                          public String log(Grid o, String job, Exchange e) { return ""; }
                        }
                        """)
                .make("home/plugins/acme/acme.jar");
    }

    @Test
    void isListedAndDescribed() {
        assertThat(shell.run("list", "launchers").out())
                .startsWith("local  Threads of this process, the default\n")
                .contains("\ngrid   Jobs of our grid\n");
        assertThat(shell.run("describe", "launcher", "grid").out()).isEqualTo("""
                grid: Jobs of our grid

                options:
                  partition: text, default all
                      which machines
                  most: whole number, at least 1
                      at most so many at a time
                """);
        assertThat(shell.run("describe", "launcher", "gird").err())
                .contains("no launcher 'gird'; there are grid, local", "did you mean 'grid'?");
        assertThat(shell.run("describe", "trainer", "grid").err()).contains("'grid' is a launcher");
    }

    @Test
    void isNamedByASpec() {
        String spec = shell.write("gate.yaml", SPEC);
        assertThat(shell.run("validate", spec).code()).isZero();
        assertThat(shell.run("render", spec).out())
                .contains(
                        "\n  launcher:\n    plugin: grid\n    most: 3\n    folder: \".ablate-jobs\"\n    partition: all\n");
        assertThat(shell.run("render", spec, "-s", "run.launcher.partition=big").out())
                .contains("    partition: big\n");
        assertThat(shell.run("plan", spec, "-s", "run.launcher.most=0").err())
                .contains("--set run.launcher.most=0: error: must be at least 1, got 0");
    }

    @Test
    void isChosenByAFlagOfRun() {
        String spec = shell.write("gate.yaml", SPEC);
        assertThat(shell.run("run", spec, "--launcher", "grid", "-n").code()).isZero();
        Result absent = shell.run("run", spec, "--launcher", "gird", "-n");
        assertThat(absent.code()).isEqualTo(2);
        assertThat(absent.err()).contains("--launcher gird: error: no launcher 'gird'; there are grid, local");
        Result twice = shell.run("run", spec, "--launcher", "local", "-s", "run.launcher.most=0", "-n");
        assertThat(twice.err()).contains("most is an option of grid, not of local");
        assertThat(shell.run("run", spec, "--launcher", "local").err()).doesNotContain("grid");
        assertThat(shell.run("plan", spec).out()).contains("1 run: 0 to train, 1 there");
    }

    @Test
    void isNotAskedForAnAnswerThatIsNotKnownYet() {
        String spec = shell.write("gate.yaml", SPEC);
        for (String[] option : new String[][] {
            {"--gate", "train/mse:better"},
            {"-f", "json"},
            {"-o", folder.resolve("out.txt").toString()},
            {"--require-tracking"}
        }) {
            List<String> words = new ArrayList<>(List.of("run", spec));
            words.addAll(List.of(option));
            Result result = shell.run(words.toArray(String[]::new));
            assertThat(result.code()).as(option[0]).isEqualTo(2);
            assertThat(result.err())
                    .contains(
                            option[0],
                            "needs --wait with launcher 'grid', as the answer is not known before its runs are done");
        }
        assertThat(shell.run("run", spec).err()).contains("launcher 'grid' of acme.jar does not take 1 tasks: no grid");
        assertThat(shell.run("status").out()).doesNotContain("submitted");
        assertThat(shell.run("cancel", "gate").err()).contains("nothing is submitted");
    }
}
