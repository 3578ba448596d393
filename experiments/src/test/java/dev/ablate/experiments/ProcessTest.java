package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The program as an operating system starts and ends it. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals and locales are those of POSIX")
class ProcessTest {

    @TempDir
    private Path folder;

    @Test
    void aJavaThatCannotReadWhatWasTypedSaysSo() {
        assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")), "nor can this one");
        Ablate ablate = new Ablate(folder).with("LC_ALL", "C");
        Ablate.Result result = ablate.run("run", "or-gate-bias", "--set", "name=t\u00efny");
        assertThat(result.err())
                .matches("error: 'name=t\\uFFFD+ny' is not what was typed: Java reads names in \\S+ here;"
                        + " start it with LC_ALL=C.UTF-8, or by the script 'ablate'\n");
        assertThat(result.code()).isEqualTo(2);
        assertThat(ablate.home()).doesNotExist();
    }
}
