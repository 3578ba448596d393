package dev.ablate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.cli.Shell.Result;
import dev.ablate.engine.runs.ComparisonRecord;
import dev.ablate.engine.runs.Registration;
import dev.ablate.engine.runs.RunStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose model is to be registered is said, and stored; or why it is none. */
class RegistrationTest {

    private static final String REGISTER = "track.mlflow.register=gates";

    @TempDir
    private Path folder;

    private Shell shell;
    private String quick = "";

    @BeforeEach
    void open() {
        shell = new Shell(folder);
        quick = shell.write("quick.yaml", CommandsTest.QUICK);
    }

    @Test
    void noneIsWhereNoVariantIsDecidedlyBetter() {
        Result result = shell.run("run", quick, "--offline", "--set", REGISTER);
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.err())
                .contains("Nothing is registered as gates: no variant is decidedly better than all others on ")
                .contains("to say whose it is: --set track.mlflow.register_from=bias");
        assertThat(registration()).isEmpty();
    }

    @Test
    void theNamedOneIsWhateverWasFound() {
        Result result = shell.run(
                "run", quick, "--offline", "--set", REGISTER, "--set", "track.mlflow.register_from=no-bias/seed=8");
        assertThat(result.err()).contains("To be registered as gates: the model of no-bias/seed=8");
        assertThat(registration()).get().satisfies(registered -> {
            assertThat(registered.name()).isEqualTo("gates");
            assertThat(registered.description()).startsWith("no-bias/seed=8: named by the spec; its ");
        });
    }

    private Optional<Registration> registration() {
        try (RunStore store = RunStore.open(shell.home(), Clock.systemUTC())) {
            ComparisonRecord comparison = store.comparisons().get(0);
            return store.registration(comparison.key());
        }
    }
}
