package dev.ablate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A terminal shows what has room there, and all of it to a person who asks. */
class DetailTest {

    private static final String MORE = "more metrics: -v shows them";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"run or-gate-bias", "compare or-gate-bias", "report or-gate-bias -f table"})
    void allIsShownToThoseWhoAsk(String command) {
        Shell shell = new Shell(folder);
        shell.run("run", "or-gate-bias");
        assertThat(shell.run(command.split(" ")).out()).contains(MORE).doesNotContain("train/mae");
        assertThat(shell.run((command + " -v").split(" ")).out())
                .contains("train/mae", "train/rmse")
                .doesNotContain(MORE);
    }

    @Test
    void theSentenceIsTheLastOfARunAndOfWhatIsStored() {
        Shell shell = new Shell(folder);
        String run = shell.run("run", "or-gate-bias").out();
        String sentence = run.substring(0, run.indexOf("\n\n"));
        assertThat(run).endsWith("\n\n" + sentence + "\n");
        assertThat(shell.run("compare", "or-gate-bias").out())
                .startsWith(sentence)
                .endsWith("\n\n" + sentence + "\n");
    }
}
