package dev.ablate.experiments;

import static dev.ablate.launchers.slurm.OneNodeSlurm.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.experiments.Ablate.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs that go to the executors of a real Spark give what they give here, once each, whatever happens on the way. */
@Order(4)
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class SparkClusterTest {

    private static final String TOYS = """
            version: 1
            name: toys
            dataset: { plugin: xor-gate }
            trainer: { plugin: mlp, hidden: [3], learning_rate: 0.5, epochs: 50 }
            variants: { slow: {}, fast: { trainer: { learning_rate: 1.0 } } }
            seeds: [1, 2, 3]
            """;

    /** Of seconds. */
    private static final String LONGER = TOYS.replace("epochs: 50", "epochs: 300000");

    @TempDir
    private Path folder;

    private LocalSpark spark;
    private Ablate ablate;

    @BeforeAll
    static void requireSpark() {
        LocalSpark.require();
    }

    @BeforeEach
    void open() throws IOException {
        spark = LocalSpark.in(folder);
        Path plugins = folder.resolve("plugins");
        ShippedPlugins.layOutSpark(plugins);
        ablate = new Ablate(folder)
                .plugins(plugins)
                .with("SPARK_HOME", spark.home().toString());
    }

    @AfterEach
    void end() throws IOException {
        spark.end();
    }

    private void awaitNoJob() {
        await("no job is left", () -> spark.drivers().findAny().isEmpty());
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.endsWith(".ablate-jobs")).toList();
        }
    }

    /** What the pool gives, from a home of its own. */
    private String here(String text) throws IOException {
        Ablate other = new Ablate(Files.createDirectories(folder.resolve("here")));
        other.write("toys.yaml", text);
        return other.run("run", "toys.yaml", "-f", "csv", "--offline").out();
    }

    private void assertAnswerOfThePool(String text) throws IOException {
        Result answer = ablate.run("run", "toys.yaml", "-f", "csv", "--offline", "--wait");
        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.out()).isEqualTo(here(text));
        assertThat(left()).isEmpty();
    }

    @Test
    void submitsFollowsAndGivesTheAnswerOfThePool() throws Exception {
        ablate.write("toys.yaml", TOYS + spark.launcher());
        Result submitted = ablate.run("run", "toys.yaml");
        assertThat(submitted.err()).doesNotContain("error");
        assertThat(submitted.code()).isEqualTo(6);
        assertThat(submitted.out())
                .startsWith("Submitted: toys, 0 of 6 runs finished, 6 to come\n    spark ")
                .contains("ablate status\n", "run toys.yaml\n", "run toys.yaml --wait\n", "ablate cancel toys\n");
        awaitNoJob();
        assertThat(ablate.run("status").out()).contains("toys, 6 of 6 runs finished");
        assertAnswerOfThePool(TOYS);
    }

    @Test
    void submitsNothingTwice() throws Exception {
        ablate.write("toys.yaml", LONGER + spark.launcher());
        Process one = ablate.start("run", "toys.yaml");
        Process other = ablate.start("run", "toys.yaml");
        assertThat(one.waitFor()).isEqualTo(6);
        assertThat(other.waitFor()).isEqualTo(6);
        assertThat(ablate.run("run", "toys.yaml").code()).isIn(0, 6);
        assertThat(spark.drivers()).hasSizeLessThan(2);
        try (Stream<Path> jobs = Files.walk(folder.resolve(".ablate-jobs"))) {
            assertThat(jobs.filter(file -> file.endsWith("spark.log"))).hasSize(1);
        }
        awaitNoJob();
        assertAnswerOfThePool(LONGER);
    }

    @Test
    void trainsAgainWhatAKilledExecutorHasLost() throws Exception {
        ablate.write("toys.yaml", LONGER + spark.launcher());
        assertThat(ablate.run("run", "toys.yaml").code()).isEqualTo(6);
        await("both executors train", () -> ablate.run("status").out().contains("2 chunks run"));
        // as the system does that has no memory left
        await(
                "an executor is killed",
                () -> spark.executors()
                        .findAny()
                        .map(ProcessHandle::destroyForcibly)
                        .orElse(false));
        assertThat(spark.drivers()).isNotEmpty();
        awaitNoJob();
        assertAnswerOfThePool(LONGER);
    }
}
