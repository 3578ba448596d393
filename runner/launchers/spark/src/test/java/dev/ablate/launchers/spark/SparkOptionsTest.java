package dev.ablate.launchers.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.core.launch.ChunkSize;
import dev.ablate.core.option.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SparkOptionsTest {

    @TempDir
    private Path folder;

    private static SparkOptions options(
            Optional<String> master, String memory, String patience, List<String> conf, List<String> extra) {
        return new SparkOptions(
                master,
                Optional.empty(),
                2,
                Optional.of(memory),
                new ChunkSize(OptionalInt.empty()),
                patience,
                conf,
                extra);
    }

    @ParameterizedTest
    @CsvSource({"90s, 90", "10m, 600", "2h, 7200", "1d, 86400"})
    void haveATimeToWait(String written, long seconds) {
        SparkOptions options = options(Optional.empty(), "4g", written, List.of(), List.of());
        assertThat(options.waiting()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void refuseWhatSparkSubmitWouldNotTake() {
        assertThatThrownBy(() -> options(
                        Optional.empty(),
                        "much",
                        "0m",
                        List.of("executor.cores=2", "spark.executor.cores"),
                        List.of("queue", "--deploy-mode=cluster", "--class")))
                .isInstanceOf(Refused.class)
                .hasMessage("memory: must be a size such as 500m or 4g, got 'much';"
                        + " patience: must be a time such as 90s, 10m or 2h, got '0m';"
                        + " conf: 'executor.cores=2' is not a setting: write it as spark.name=value;"
                        + " conf: 'spark.executor.cores' is not a setting: write it as spark.name=value;"
                        + " extra: 'queue' is not an option: write it as --name=value;"
                        + " extra: '--deploy-mode=cluster' cannot be chosen: the driver runs here, and is Ablate's own;"
                        + " extra: '--class' cannot be chosen: the driver runs here, and is Ablate's own");
    }

    @Test
    void becomeWordsOfSparkSubmitOfWhichTheUsersComeLast() {
        SparkOptions options =
                options(Optional.of("yarn"), "4g", "10m", List.of("spark.task.cpus=3"), List.of("--queue=small"));
        List<String> words =
                SubmitCommand.words(options, Path.of("/opt/spark"), Path.of("/jobs/spark-1"), Path.of("/jobs/a.jar"));
        assertThat(words.subList(words.indexOf("/opt/spark/bin/spark-submit"), words.size()))
                .containsExactly(
                        "/opt/spark/bin/spark-submit",
                        "--master",
                        "yarn",
                        "--deploy-mode",
                        "client",
                        "--name",
                        "ablate",
                        "--class",
                        "dev.ablate.launchers.spark.SparkDriver",
                        "--conf",
                        "spark.task.cpus=2",
                        "--conf",
                        "spark.executor.memory=4g",
                        "--conf",
                        "spark.task.cpus=3",
                        "--queue=small",
                        "/jobs/a.jar",
                        "/jobs/spark-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "local",
                "local[2]",
                "local-cluster[2,1,1024]",
                "spark://127.0.0.1:7077",
                "spark://localhost:7077",
                "spark://localhost"
            })
    void keepWhatIsOnThisMachineFromListeningElsewhere(String master) {
        Map<String, String> environment = new HashMap<>();
        SubmitCommand.complete(environment, Optional.of(master), folder, folder);
        assertThat(environment)
                .containsEntry("SPARK_LOCAL_IP", "127.0.0.1")
                .containsEntry("SPARK_HOME", folder.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"yarn", "spark://node1:7077", "spark://127.0.0.1.example.org:7077", "k8s://localhost:6443"})
    void keepNothingFromAClusterThatIsElsewhere(String master) {
        Map<String, String> environment = new HashMap<>();
        SubmitCommand.complete(environment, Optional.of(master), folder, folder);
        assertThat(environment).doesNotContainKey("SPARK_LOCAL_IP");
    }

    @ParameterizedTest
    @CsvSource({"yarn, -XX:TieredStopAtLevel=1", "spark://node1:7077, -XX:TieredStopAtLevel=1", "local[2],", ","})
    void startADriverSoonerThatTrainsNothing(@Nullable String master, @Nullable String flags) {
        Map<String, String> environment = new HashMap<>();
        SubmitCommand.complete(environment, Optional.ofNullable(master), folder, folder);
        assertThat(environment.get("SPARK_SUBMIT_OPTS")).isEqualTo(flags);
    }

    @Test
    void giveExecutorsFlagsOfJavaBeforeTheUsersOwn() {
        assertThat(SparkDriver.executorFlags("-Xss2m"))
                .contains("-XX:CompileThresholdScaling=4 ")
                .endsWith(" -XX:+UseSerialGC");
        // Java refuses two collectors
        assertThat(SparkDriver.executorFlags("-Xss2m -XX:+UseG1GC"))
                .contains("-XX:CompileThresholdScaling=4 ")
                .doesNotContain("GC");
        assertThat(SparkDriver.executorFlags("-XX:TieredStopAtLevel=1")).isEqualTo("-XX:+UseSerialGC");
        assertThat(SparkDriver.executorFlags("-XX:+UseZGC -XX:-TieredCompilation"))
                .isEmpty();
    }

    @Test
    void leaveToTheUserWhatIsSet() {
        Map<String, String> environment = new HashMap<>(
                Map.of("SPARK_LOCAL_IP", "10.0.0.1", "JAVA_HOME", "/opt/java", "SPARK_SUBMIT_OPTS", "-Xss4m"));
        SubmitCommand.complete(environment, Optional.of("local"), folder, folder);
        assertThat(environment).containsEntry("SPARK_LOCAL_IP", "10.0.0.1").containsEntry("JAVA_HOME", "/opt/java");
    }

    @Test
    void findSparkWhereTheOptionsOrElseTheEnvironmentSay() throws IOException {
        Path program = folder.resolve("bin/spark-submit");
        Files.createDirectories(folder.resolve("bin"));
        assertThatThrownBy(() -> SparkHome.find(Optional.empty(), Map.of()))
                .hasMessage("where is Spark? Set SPARK_HOME, or write run.launcher.home: the folder of a Spark of the"
                        + " cluster's version, which has bin/spark-submit");
        assertThatThrownBy(() -> SparkHome.find(Optional.of(folder), Map.of("SPARK_HOME", "/opt/spark")))
                .hasMessage("run.launcher.home is " + folder
                        + ", which has no program bin/spark-submit: name the folder of a Spark");
        assertThatThrownBy(() -> SparkHome.find(Optional.empty(), Map.of("SPARK_HOME", folder.toString())))
                .hasMessageStartingWith("SPARK_HOME is " + folder);
        Files.createFile(program);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        assertThat(SparkHome.find(Optional.of(folder), Map.of())).isEqualTo(folder);
        assertThat(SparkHome.find(Optional.empty(), Map.of("SPARK_HOME", folder.toString())))
                .isEqualTo(folder);
    }
}
