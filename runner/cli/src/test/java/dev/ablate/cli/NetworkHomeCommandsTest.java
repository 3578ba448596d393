package dev.ablate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.cli.Shell.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees of a home that several hosts see. */
class NetworkHomeCommandsTest {

    @TempDir
    private Path folder;

    private Shell shell;
    private String quick = "";

    @BeforeEach
    void open() {
        shell = new Shell(folder).with("ABLATE_HOME_KIND", "network");
        quick = shell.write("quick.yaml", CommandsTest.QUICK);
    }

    @Test
    void oneWarningNamesTheBetterPlaceAndAllElseIsAsUsual() throws Exception {
        Result run = shell.run("run", quick);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err())
                .endsWith("\nwarning: the home " + shell.home()
                        + " is used as one on a network file system: one process at a time uses it, and each waits longer for"
                        + " what it writes. Better is a home on a disk of this host (ABLATE_HOME=FOLDER); 'ablate runs export'"
                        + " and 'ablate runs import' take runs from one to the other\n");
        assertThat(run.out()).contains("6 run, 0 reused");
        Result status = shell.run("status");
        assertThat(status.err()).isEmpty();
        assertThat(status.out()).contains("6: 6 finished");
        assertThat(shell.home().resolve("runs.db")).exists();
        for (String other : new String[] {"runs.db-wal", "home.lock", "leases"}) {
            assertThat(shell.home().resolve(other)).doesNotExist();
        }
        assertThat(shell.run("run", quick).out()).contains("0 run, 6 reused");
    }

    @Test
    void aSecondHostIsRefusedByName() throws Exception {
        shell.run("run", quick);
        Files.writeString(shell.home().resolve("home.lock"), """
                ablate home lock 1
                host node17
                machine elsewhere
                process 1234
                began 0
                since 1796000000000
                id elsewhere
                renewed 000000000001
                """);
        Result status = shell.run("status");
        assertThat(status.code()).isEqualTo(1);
        assertThat(status.err())
                .isEqualTo("error: the home " + shell.home()
                        + " is used by host node17, process 1234, since 2026-11-30 00:53:20Z, and on a network file system by one"
                        + " process at a time; wait until that has ended, or set ABLATE_HOME to another folder\n");
    }

    @Test
    void anotherKindIsRefused() {
        Shell other = new Shell(folder).with("ABLATE_HOME_KIND", "nfs");
        for (String command : new String[] {"run", "validate"}) {
            Result result = other.run(command, quick);
            assertThat(result.code()).isEqualTo(2);
            assertThat(result.err()).isEqualTo("error: ABLATE_HOME_KIND is auto, local or network, and not 'nfs'\n");
        }
    }
}
