package dev.ablate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.worker.catalog.JarMaker;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees who waits, and a program does not. */
class WaitingTest {

    @TempDir
    private Path folder;

    private Shell shell;
    private String spec;

    /** With data that take their time. */
    @BeforeEach
    void open() {
        shell = new Shell(folder);
        new JarMaker(folder).module("acme.A", """
                dataset("slow", NoOptions.class).to((NoOptions o) -> {
                  try {
                    Thread.sleep(3_000);
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                  throw new DataException("shelf", "empty");
                });
                """).make("home/plugins/acme/acme.jar");
        spec = shell.write("slow.yaml", """
                version: 1
                name: slow
                dataset: { plugin: slow }
                trainer: { plugin: perceptron, learning_rate: 0.5, epochs: 2 }
                """);
    }

    @Test
    void aPersonIsShownWhatIsBeingDoneUntilThereIsSomethingToReport() {
        Shell.Result result = shell.onTerminal().run("validate", spec);
        assertThat(result.err()).containsPattern("\rreading [^\r]+ \\.\\.\\. \\d+ s *\r +\r[^\r]+: shelf: empty");
    }

    @Test
    void aProgramAndAPersonWhoWantsNoneOfItAreNot() {
        assertThat(shell.run("validate", spec).err()).contains("shelf: empty").doesNotContain("\r");
        assertThat(shell.onTerminal().run("validate", spec, "--no-progress").err())
                .contains("shelf: empty")
                .doesNotContain("\r");
    }
}
