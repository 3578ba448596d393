package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ablate.engine.Ablate;
import dev.ablate.engine.ExperimentResult;
import dev.ablate.engine.RunOptions;
import dev.ablate.engine.fixture.TestPlugins;
import dev.ablate.engine.kinds.KindsPlugin;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.train.Outcome;
import dev.ablate.worker.task.TaskProgram;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tables with text and missing values, from the file to the weights. */
@Timeout(240)
class TypedColumnsTest {

    private static final String PASSENGERS = """
            version: 1
            name: passengers
            dataset:
              plugin: table
              file: passengers.csv
              target: survived
              ignore: [id, name]
              columns: { class: category }
            data:
              missing: { numbers: median, indicator: true, categories: own }
              scale: { features: standard }
              split: { test: 0.2 }
            trainer: { plugin: perceptron, activation: sigmoid, learning_rate: 0.5, epochs: 20 }
            variants:
              bias: { trainer.bias: true }
              no-bias: { trainer.bias: false }
              hidden: { trainer: { plugin: mlp, hidden: [3], learning_rate: 0.5, epochs: 20 } }
            seeds: { count: 5 }
            predict: [[3, male, 22, 7.25, S], [1, female, null, 80, null]]
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void bringTables() throws IOException {
        for (String table : List.of("passengers.csv", "cars.csv")) {
            try (InputStream file = TypedColumnsTest.class.getResourceAsStream("/tables/" + table)) {
                Files.write(folder.resolve(table), Objects.requireNonNull(file).readAllBytes());
            }
        }
    }

    private Ablate open(String home) {
        return Ablate.builder()
                .home(folder.resolve(home))
                .plugins(TestPlugins.loader(KindsPlugin.class))
                .taskProgram(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        TestPlugins.services(KindsPlugin.class)
                                + File.pathSeparator
                                + System.getProperty("java.class.path"),
                        TaskProgram.class.getName()))
                .build();
    }

    private ExperimentResult run(Ablate ablate, String spec) throws IOException {
        Path file = Files.writeString(folder.resolve("spec.yaml"), spec);
        ExperimentResult result = ablate.experiment(file).run(RunOptions.defaults());
        assertThat(result.outcomes())
                .extracting(outcome ->
                        outcome.record().status() + outcome.record().error().orElse(""))
                .containsOnly(RunStatus.FINISHED.toString());
        return result;
    }

    @Test
    void areLearnedFromHereAndInOtherProcessesWithEqualNumbers() throws IOException {
        List<Map<String, Object>> here;
        List<Map<String, Object>> there;
        try (Ablate ablate = open("here")) {
            ExperimentResult result = run(ablate, PASSENGERS);
            assertThat(result.outcomes()).hasSize(15);
            assertThat(result.outcomes().get(0).record().parameters().keySet())
                    .containsExactly(
                            "class=2",
                            "class=3",
                            "sex=male",
                            "age",
                            "age missing",
                            "fare",
                            "port=Q",
                            "port=S",
                            "port=missing",
                            "bias");
            assertThat(result.outcomes().get(1).record().parameters()).doesNotContainKey("bias");
            assertThat(result.comparison().predictions())
                    .hasSize(15)
                    .allSatisfy((key, answers) -> assertThat(answers)
                            .hasSize(2)
                            .allSatisfy(answer -> assertThat(answer.get(0)).isBetween(0.0, 1.0)));
            here = all(ablate, result);
        }
        try (Ablate ablate = open("there")) {
            String launched = "run: { launcher: { plugin: processes, at_once: 2, folder: " + folder.resolve("exchange")
                    + " } }\n";
            there = all(ablate, run(ablate, PASSENGERS + launched));
        }
        assertThat(there).isEqualTo(here);
    }

    /** The port is what is learned, of three. */
    @Test
    void ofAPortThereAreThreeClassesHereAndInOtherProcesses() throws IOException {
        String ports = """
                version: 1
                name: ports
                dataset: { plugin: table, file: ports.csv, target: port }
                data: { split: { test: 0.3 } }
                trainer: { plugin: perceptron, learning_rate: 0.1, epochs: 20 }
                variants: { bias: {}, hidden: { trainer: { plugin: mlp, hidden: [3], learning_rate: 0.1, epochs: 20 } } }
                """;
        Files.writeString(
                folder.resolve("ports.csv"),
                "a,b,port\n"
                        + IntStream.range(0, 30)
                                .mapToObj(k -> k % 7 + "," + k % 4 + ","
                                        + List.of("S", "C", "Q").get(k % 7 % 3) + "\n")
                                .collect(Collectors.joining()));
        List<Map<String, Object>> here;
        try (Ablate ablate = open("here")) {
            ExperimentResult result = run(ablate, ports);
            assertThat(result.outcomes().get(0).record().parameters().keySet())
                    .containsExactly("a/C", "a/Q", "a/S", "b/C", "b/Q", "b/S", "bias/C", "bias/Q", "bias/S");
            here = all(ablate, result);
        }
        try (Ablate ablate = open("there")) {
            String launched = "run: { launcher: { plugin: processes, at_once: 2, folder: " + folder.resolve("exchange")
                    + " } }\n";
            assertThat(all(ablate, run(ablate, ports + launched))).isEqualTo(here);
        }
    }

    /** What a run is, and what came of it, to the bit. */
    private static List<Map<String, Object>> all(Ablate ablate, ExperimentResult result) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Outcome outcome : result.outcomes()) {
            RunRecord record = outcome.record();
            Map<String, Object> found = new TreeMap<>();
            found.put("key", record.key());
            found.put("metrics", record.metrics());
            found.put("parameters", record.parameters());
            ablate.store()
                    .files(record.id())
                    .forEach((path, content) -> found.put(path, new String(content, StandardCharsets.ISO_8859_1)));
            List<String> points = new ArrayList<>();
            ablate.store()
                    .points(record.id(), 0, Integer.MAX_VALUE)
                    .forEach(point -> points.add(
                            point.series() + " " + point.step() + " " + Double.doubleToRawLongBits(point.value())));
            found.put("points", points.stream().sorted().toList());
            assertThat(points).isNotEmpty();
            all.add(found);
        }
        return all;
    }

    /** Against figures of scikit-learn, on all rows: age with its median, standardised. */
    @Test
    void leadToTheWeightsThatOthersFind() throws IOException {
        String spec = """
                version: 1
                name: passengers
                dataset: { plugin: table, file: passengers.csv, target: survived, columns: { class: category } }
                data:
                  features: [class, sex, age, fare]
                  missing: { numbers: median }
                  scale: { features: standard }
                trainer: { plugin: exact }
                """;
        try (Ablate ablate = open("here")) {
            RunRecord record = run(ablate, spec).outcomes().get(0).record();
            same(
                    record.parameters(),
                    1e-6,
                    Map.of(
                            "class=2", -0.5370724947843137,
                            "class=3", -0.9068287969914902,
                            "sex=male", -1.0943874304388304,
                            "age", -0.25692866684677795,
                            "fare", 0.3287358430442507,
                            "bias", 0.40201277804261537));
            same(
                    record.metrics(),
                    1e-6,
                    Map.of(
                            "train/log_loss", 0.5126780591476566,
                            "train/accuracy", 0.7583333333333333,
                            "train/roc_auc", 0.8074095022624433,
                            "train/f1", 0.8027210884353742,
                            "train/mcc", 0.5046918181323662));
        }
    }

    /** Against figures of NumPy: rows without horsepower are left out, and Europe is the reference. */
    @Test
    void leaveOutRowsAsOthersDo() throws IOException {
        String spec = """
                version: 1
                name: cars
                dataset: { plugin: table, file: cars.csv, target: mpg, task: regression }
                data: { features: [weight, horsepower, origin], missing: { numbers: drop } }
                trainer: { plugin: exact }
                """;
        try (Ablate ablate = open("here")) {
            RunRecord record = run(ablate, spec).outcomes().get(0).record();
            assertThat(record.trainRows()).isEqualTo(76);
            same(
                    record.parameters(),
                    1e-9,
                    Map.of(
                            "weight", -0.007456720069314873,
                            "horsepower", -0.00903449358763022,
                            "origin=japan", 2.8463449355129327,
                            "origin=usa", 0.9617199400268125,
                            "bias", 45.93161089736036));
            same(record.metrics(), 1e-9, Map.of("train/rmse", 1.8541060550802873, "train/r2", 0.8892602987738027));
        }
    }

    /** A column for every category adds up to the bias. */
    @Test
    void ofAllCategoriesNoExactWeightsBesideABias() throws IOException {
        String spec = """
                version: 1
                name: cars
                dataset: { plugin: table, file: cars.csv, target: mpg, task: regression }
                data: { features: [weight, origin], encode: { categories: one-hot } }
                trainer: { plugin: exact }
                """;
        try (Ablate ablate = open("here")) {
            Path file = Files.writeString(folder.resolve("spec.yaml"), spec);
            RunRecord failed = ablate.experiment(file)
                    .run(RunOptions.defaults())
                    .outcomes()
                    .get(0)
                    .record();
            assertThat(failed.error())
                    .hasValueSatisfying(error -> assertThat(error)
                            .contains("cannot learn from these rows: the column ", "can be made of the others")
                            .endsWith("give bias: false, or give l2, such as 1"));
            RunRecord without = run(ablate, spec.replace("exact", "exact, bias: false"))
                    .outcomes()
                    .get(0)
                    .record();
            assertThat(without.parameters()).containsOnlyKeys("weight", "origin=europe", "origin=japan", "origin=usa");
        }
    }

    /** 189 of 200 rows are -1: always to answer that is right in 0.945 of them. */
    @Test
    void areHeldAgainstAlwaysAnsweringTheCommonerLabel() throws IOException {
        Path tables = dev.ablate.experiments.Ablate.SPECS.resolve(
                "../datasets/src/test/resources/dev/ablate/datasets/table/tables");
        Files.copy(tables.resolve("sensor.txt"), folder.resolve("sensor.txt"));
        String spec = """
                version: 1
                name: sensor
                dataset: { plugin: table, file: sensor.txt, target: column 3 }
                trainer: { plugin: perceptron, activation: sigmoid, learning_rate: 0.01, epochs: 5, initial_weights: [0, 0], initial_bias: -1 }
                """;
        try (Ablate ablate = open("here")) {
            assertThat(run(ablate, spec).report().insights())
                    .anySatisfy(
                            insight -> assertThat(insight)
                                    .startsWith(
                                            "No variant is better than nothing: train/accuracy is 0.945 where every row is answered -1"));
        }
    }

    private static void same(Map<String, Double> found, double difference, Map<String, Double> figures) {
        figures.forEach((name, figure) -> assertThat(found.get(name)).as(name).isCloseTo(figure, within(difference)));
    }
}
