package dev.ablate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.worker.catalog.JarMaker;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees of a launcher from a jar in the home. */
class PluginLauncherCommandsTest {

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
        assertThat(shell.run("list", "launchers").out()).isEqualTo("""
                local  Threads of this process, the default
                grid   Jobs of our grid
                """);
        assertThat(shell.run("describe", "launcher", "grid").out()).isEqualTo("""
                grid: Jobs of our grid

                options:
                  partition: text, default all
                      which machines
                  most: whole number, at least 1
                      at most so many at a time
                """);
        assertThat(shell.run("describe", "launcher", "gird").err())
                .contains("no launcher 'gird'; there are grid, local ", "did you mean 'grid'?");
        assertThat(shell.run("describe", "trainer", "grid").err()).contains("'grid' is a launcher");
    }
}
