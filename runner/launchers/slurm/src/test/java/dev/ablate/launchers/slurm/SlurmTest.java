package dev.ablate.launchers.slurm;

import dev.ablate.core.launch.ChunkSize;
import dev.ablate.core.launch.Launcher;
import dev.ablate.core.launch.LauncherContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract of launchers, by a real Slurm. */
final class SlurmTest extends LauncherContract<SlurmOptions> {

    /** Where the environment of the tests says that Slurm's configuration is: see the module's pom. */
    private static final Path CONFIGURATION =
            Path.of(Objects.requireNonNull(System.getenv("SLURM_CONF"), "SLURM_CONF"));

    private static @Nullable OneNodeSlurm slurm;

    @BeforeAll
    static void start() {
        slurm = OneNodeSlurm.start(Objects.requireNonNull(CONFIGURATION.getParent()));
    }

    @AfterAll
    static void stop() {
        if (slurm != null) {
            slurm.close();
        }
    }

    static SlurmOptions options(ChunkSize chunk, String... setup) {
        return new SlurmOptions(
                Optional.of("main"),
                Optional.of("10m"),
                Optional.of("500M"),
                1,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                chunk,
                List.of(setup),
                Optional.empty(),
                List.of());
    }

    @Override
    protected Launcher<SlurmOptions> launcher() {
        return new Slurm();
    }

    @Override
    protected SlurmOptions options() {
        return options(new ChunkSize(OptionalInt.empty()));
    }

    @Override
    protected Path newFolder() throws IOException {
        return Files.createTempDirectory(
                Files.createDirectories(Path.of("target", "tmp").toAbsolutePath()), "launcher");
    }

    @Override
    protected String unknownJob() {
        return "4711 ablate-0123456789ab";
    }
}
