package dev.ablate.experiments;

import static dev.ablate.launchers.slurm.OneNodeSlurm.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.experiments.Ablate.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real Spark as a launcher, and what a person sees of it. */
@Order(4)
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class SparkClusterTest extends LaunchedCases {

    /** What the driver notes. */
    private static final Pattern TRAINS = Pattern.compile("[12] running");

    private @Nullable LocalSpark spark;

    @BeforeAll
    static void requireSpark() {
        LocalSpark.require();
    }

    private LocalSpark spark() {
        return Objects.requireNonNull(spark);
    }

    @Override
    String launcher() {
        return spark().launcher();
    }

    @Override
    void prepare(Ablate program) {
        spark = LocalSpark.in(folder);
        ShippedPlugins.layOutSpark(folder.resolve("plugins"));
        program.plugins(folder.resolve("plugins"));
        program.with("SPARK_HOME", spark().home().toString());
    }

    @AfterEach
    void end() throws IOException {
        if (spark != null) {
            spark.end();
        }
    }

    /** An executor, as the system does that has no memory left. */
    @Override
    void killWorker(Process command) {
        await("chunks are trained", this::isTraining);
        await(
                "an executor is killed",
                () -> spark().executors()
                        .findAny()
                        .map(ProcessHandle::destroyForcibly)
                        .orElse(false));
        assertThat(spark().drivers()).isNotEmpty();
    }

    private boolean isTraining() {
        try (Stream<Path> files = Files.walk(folder.resolve(".ablate-jobs"))) {
            for (Path file : files.filter(inner -> inner.endsWith("progress")).toList()) {
                if (TRAINS.matcher(Files.readString(file)).find()) {
                    return true;
                }
            }
            return false;
        } catch (IOException | UncheckedIOException e) {
            // it is not there yet, or is being written
            return false;
        }
    }

    @Test
    void submitsFollowsAndGivesTheAnswer() throws Exception {
        ablate.write("toys.yaml", TOYS + launcher());
        Result submitted = ablate.run("run", "toys.yaml");
        assertThat(submitted.err()).doesNotContain("error");
        assertThat(submitted.code()).isEqualTo(6);
        assertThat(submitted.out())
                .startsWith("Submitted: toys, 0 of 6 runs finished, 6 to come\n    spark ")
                .contains("ablate status\n", "run toys.yaml\n", "run toys.yaml --wait\n", "ablate cancel toys\n");
        await("no job is left", () -> spark().drivers().findAny().isEmpty());
        assertThat(ablate.run("status").out()).contains("submitted    toys, 6 of 6 runs finished: ");
        assertAnswer(TOYS, answer());
    }
}
