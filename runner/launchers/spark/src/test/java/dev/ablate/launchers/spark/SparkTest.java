package dev.ablate.launchers.spark;

import dev.ablate.core.launch.ChunkSize;
import dev.ablate.core.launch.Launcher;
import dev.ablate.core.launch.LauncherContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The contract of launchers, by a real Spark with two executors. */
@Execution(ExecutionMode.CONCURRENT)
final class SparkTest extends LauncherContract<SparkOptions> {

    /** A Java that starts sooner, and leaves what a killed one cannot remove among the files of the build. */
    private static final String QUICK = "extraJavaOptions=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Djava.io.tmpdir="
            + Path.of("target", "tmp").toAbsolutePath();

    @BeforeAll
    static void requireSpark() {
        UnpackedSpark.home();
    }

    static SparkOptions options(String master, ChunkSize chunk) {
        return new SparkOptions(
                Optional.of(master),
                Optional.of(UnpackedSpark.home()),
                1,
                Optional.of("512m"),
                chunk,
                "2m",
                List.of("spark.driver." + QUICK, "spark.executor." + QUICK),
                List.of());
    }

    @Override
    protected Launcher<SparkOptions> launcher() {
        return new Spark();
    }

    @Override
    protected SparkOptions options() {
        return options("local-cluster[2,1,1024]", new ChunkSize(OptionalInt.empty()));
    }

    @Override
    protected Path newFolder() throws IOException {
        return Files.createTempDirectory(
                Files.createDirectories(Path.of("target", "tmp").toAbsolutePath()), "launcher");
    }

    @Override
    protected String unknownJob() {
        return "1@" + SparkJob.thisHost() + " spark-0123456789ab-4711";
    }
}
