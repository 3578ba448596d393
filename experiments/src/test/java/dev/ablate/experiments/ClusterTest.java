package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.experiments.Ablate.Result;
import dev.ablate.launchers.slurm.OneNodeSlurm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs that go to a real Slurm give what they give here, once each, whatever happens on the way. */
@Order(4)
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class ClusterTest {

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

    private static final String SLURM = "run: { launcher: { plugin: slurm, partition: main, memory: 500M } }\n";

    @TempDir
    private static Path shared;

    private static @Nullable OneNodeSlurm slurm;

    @TempDir
    private Path folder;

    private Ablate ablate;

    @BeforeAll
    static void start() {
        slurm = OneNodeSlurm.start(shared.resolve("slurm"));
    }

    @AfterAll
    static void stop() {
        if (slurm != null) {
            slurm.close();
        }
    }

    private static OneNodeSlurm slurm() {
        return Objects.requireNonNull(slurm);
    }

    @BeforeEach
    void open() {
        Path plugins = folder.resolve("plugins");
        ShippedPlugins.layOutSlurm(plugins);
        ablate = new Ablate(folder).plugins(plugins);
        slurm().environment().forEach(ablate::with);
    }

    private void awaitNoJob() {
        OneNodeSlurm.await(
                "no job is left",
                () -> slurm().call("squeue", "--noheader", "--me").isBlank());
    }

    private List<Path> left() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.endsWith(".ablate-jobs")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the pool gives, from a home of its own. */
    private String here(String text) throws IOException {
        Ablate other = new Ablate(Files.createDirectories(folder.resolve("here")));
        other.write("toys.yaml", text);
        return other.run("run", "toys.yaml", "-f", "csv", "--offline").out();
    }

    @Test
    void submitsFollowsAndGivesTheAnswerOfThePool() throws Exception {
        ablate.write("toys.yaml", TOYS + SLURM);
        Result submitted = ablate.run("run", "toys.yaml");
        assertThat(submitted.err()).doesNotContain("error");
        assertThat(submitted.code()).isEqualTo(6);
        assertThat(submitted.out())
                .startsWith("Submitted: toys, 0 of 6 runs finished, 6 to come\n    slurm ")
                .contains("ablate status\n", "run toys.yaml\n", "run toys.yaml --wait\n", "ablate cancel toys\n");
        assertThat(ablate.run("status").out()).contains("submitted");
        awaitNoJob();
        assertThat(ablate.run("status").out()).contains("submitted    toys, 6 of 6 runs finished: ");
        assertThat(ablate.run("status").out()).doesNotContain("submitted");
        assertAnswerOfThePool(TOYS);
    }

    @Test
    void submitsNothingTwice() throws Exception {
        ablate.write("toys.yaml", LONGER + SLURM);
        Process one = ablate.start("run", "toys.yaml");
        Process other = ablate.start("run", "toys.yaml");
        assertThat(one.waitFor()).isEqualTo(6);
        assertThat(other.waitFor()).isEqualTo(6);
        assertThat(ablate.run("run", "toys.yaml").code()).isIn(0, 6);
        try (Stream<Path> jobs = Files.walk(folder.resolve(".ablate-jobs"))) {
            assertThat(jobs.filter(file -> file.endsWith("job.sh"))).hasSize(1);
        }
        awaitNoJob();
        assertThat(ablate.run("run", "toys.yaml").code()).isZero();
        assertThat(left()).isEmpty();
    }

    @Test
    void trainsAgainWhatAKilledWorkerHasLost() throws Exception {
        ablate.write("toys.yaml", LONGER + SLURM);
        assertThat(ablate.run("run", "toys.yaml").code()).isEqualTo(6);
        // as the system does that has no memory left
        OneNodeSlurm.await(
                "a worker is killed",
                () -> slurm().running("java")
                        .findAny()
                        .map(ProcessHandle::destroyForcibly)
                        .orElse(false));
        awaitNoJob();
        Result again = ablate.run("run", "toys.yaml");
        assertThat(again.code()).isEqualTo(6);
        assertThat(again.out()).startsWith("Submitted: toys, 5 of 6 runs finished, 1 to come\n");
        awaitNoJob();
        assertAnswerOfThePool(LONGER);
    }

    private void assertAnswerOfThePool(String text) throws IOException {
        Result answer = ablate.run("run", "toys.yaml", "-f", "csv", "--offline", "--wait");
        assertThat(answer.code()).isZero();
        assertThat(answer.out()).isEqualTo(here(text));
        assertThat(left()).isEmpty();
    }
}
