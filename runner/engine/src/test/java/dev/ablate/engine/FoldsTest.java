package dev.ablate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Schema;
import dev.ablate.core.option.NoOptions;
import dev.ablate.core.option.Option;
import dev.ablate.core.plugin.PluginModule;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Trainer;
import dev.ablate.core.training.Training;
import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.compare.Effect;
import dev.ablate.engine.compare.Evidence;
import dev.ablate.engine.fixture.Descent;
import dev.ablate.engine.fixture.TestPlugins;
import dev.ablate.engine.report.BestRun;
import dev.ablate.engine.report.data.CsvReport;
import dev.ablate.engine.report.data.JsonReport;
import dev.ablate.engine.report.data.Tracking;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.train.Outcome;
import dev.ablate.worker.data.RunData;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Experiments whose seeds cut their rows into folds, from the spec to what is printed. */
class FoldsTest {

    private static final String SPEC = """
            version: 1
            name: folds
            dataset: { plugin: rooms }
            data: { split: { folds: 3, validation: 0.2, group: house } }
            trainer: { plugin: descent, updates: 60 }
            seeds: [1, 2, 3]
            variants: { bias: { trainer.bias: true }, no-bias: { trainer.bias: false } }
            compare: { baseline: no-bias }
            """;

    @TempDir
    private Path folder;

    private Ablate ablate = Ablate.builder().build();

    /** Rooms of houses, and gradient descent. */
    public static final class Rooms extends PluginModule {

        /** For the service loader. */
        public Rooms() {}

        /** The trainer's options. */
        public record Options(
                @Option(help = "how many", atLeast = 0) long updates,
                @Option(help = "whether there is one") boolean bias) {}

        @Override
        protected void plug() {
            dataset("rooms", NoOptions.class).to((NoOptions options) -> rooms());
            trainer("descent", Options.class).to(new Trainer<>() {
                @Override
                public Model train(Options options, Training training) {
                    return descent(options).train(training);
                }

                @Override
                public Model restore(Options options, Schema schema, InputStream in) {
                    return descent(options).restore(schema, in);
                }
            });
        }

        private static Dataset rooms() {
            double[] values = IntStream.range(0, 120)
                    .mapToDouble(k -> k % 2 == 0 ? Math.sin(k) : Math.floorMod(k / 2, 12))
                    .toArray();
            double[] targets = IntStream.range(0, 60)
                    .mapToDouble(row -> 2 * values[2 * row] + 3 + Math.cos(7 * row))
                    .toArray();
            return Dataset.regression(Examples.of(List.of("area", "house"), values, targets), "price", Map.of(), "");
        }

        private static Descent descent(Options options) {
            return Descent.of(new Descent.Options(Activation.IDENTITY, 0.1, options.updates(), options.bias(), true));
        }
    }

    @BeforeEach
    void open() {
        ablate = Ablate.builder()
                .home(folder.resolve("home"))
                .plugins(TestPlugins.loader(Rooms.class))
                .build();
    }

    @AfterEach
    void close() {
        ablate.close();
    }

    private ExperimentResult run() {
        return ablate.experiment("folds", SPEC).run(RunOptions.defaults().jobs(2));
    }

    @Test
    void trainsEachFoldByItself() {
        List<Outcome> outcomes = run().outcomes();
        assertThat(outcomes).hasSize(18).noneMatch(outcome -> outcome.record().deterministic());
        assertThat(outcomes.stream().map(FoldsTest::mse)).doesNotHaveDuplicates();
        for (Outcome outcome : outcomes) {
            RunData data = RunData.of(outcome.run().context());
            assertThat(outcome.record().trainRows()).isEqualTo(data.trainRows().length);
            assertThat(outcome.record().testRows()).isEqualTo(data.testRows().length);
            assertThat(outcome.record().metrics()).containsKeys("train/mse", "validation/mse", "test/mse");
            assertThat(outcome.record().params())
                    .containsEntry(
                            "fold", Integer.toString(outcome.run().pair().fold().orElseThrow()));
            assertThat(outcome.record().parameters()).containsKey("area").doesNotContainKey("house");
        }
        assertThat(run().outcomes()).allMatch(Outcome::reused);
    }

    private static double metric(Outcome outcome, String name) {
        return outcome.record().metrics().getOrDefault(name, Double.NaN);
    }

    private static double mse(Outcome outcome) {
        return metric(outcome, "test/mse");
    }

    @Test
    void comparesThemByTheCorrectedTest() {
        Comparison comparison = run().comparison();
        Effect effect = comparison.effects().get(0);
        assertThat(effect.n()).isEqualTo(9);
        double[] differences = comparison.finished("bias").stream()
                .mapToDouble(bias -> mse(bias)
                        - mse(comparison.finished("no-bias").stream()
                                .filter(other ->
                                        other.run().pair().equals(bias.run().pair()))
                                .findFirst()
                                .orElseThrow()))
                .toArray();
        double ratio = comparison.outcomes().stream()
                .mapToDouble(
                        run -> (double) run.record().testRows() / run.record().trainRows())
                .max()
                .orElseThrow();
        assertThat(ratio).isGreaterThan(0.5);
        double error = Math.sqrt(1.0 / 9 + ratio) * Comparison.sd(differences);
        double mean = Comparison.mean(differences);
        Evidence evidence = effect.evidence().orElseThrow();
        assertThat(evidence.test()).isEqualTo("corrected-resampled-t");
        assertThat(evidence.p())
                .isCloseTo(2 * TDistribution.of(8).survivalProbability(Math.abs(mean) / error), within(1e-12));
        assertThat(run().sentence()).contains(" over 9 folds; ");
    }

    @Test
    void writesSeedAndFoldOfEachRun() {
        ExperimentResult result = run();
        JsonObject report = JsonParser.parseString(JsonReport.render(result.report(), Tracking.NONE))
                .getAsJsonObject();
        JsonElement last = report.getAsJsonArray("runs").get(17);
        assertThat(last.getAsJsonObject().get("seed").getAsInt()).isEqualTo(3);
        assertThat(last.getAsJsonObject().get("fold").getAsInt()).isEqualTo(3);
        assertThat(last.getAsJsonObject().get("pair").getAsString()).isEqualTo("3/fold=3");
        assertThat(CsvReport.render(result.report()).lines().toList().get(1))
                .startsWith("bias,1,1/fold=1,finished,60,1,");
    }

    @Test
    void choosesTheWinnerOfASweepOnValidation() {
        String swept = SPEC.replace("folds: 3, validation: 0.2, group: house", "test: 0.2, validation: 0.2")
                + "sweep: { params: { trainer.updates: [1, 20, 60] } }\n"
                + "track: { mlflow: { register: rooms } }\n";
        ExperimentResult result =
                ablate.experiment("swept", swept).run(RunOptions.defaults().jobs(2));
        Map<String, Double> validated = new TreeMap<>();
        Map<String, Double> judged = new TreeMap<>();
        for (Outcome outcome : result.outcomes()) {
            validated.merge(outcome.run().group(), metric(outcome, "validation/mse") / 3, Double::sum);
            judged.merge(outcome.run().group(), metric(outcome, "test/mse") / 3, Double::sum);
        }
        String best = Collections.min(validated.entrySet(), Map.Entry.comparingByValue())
                .getKey();
        assertThat(result.sentence())
                .contains(best.replace("/", " with ") + " is the best of 6 on validation/mse ("
                        + Numbers.rounded(validated.getOrDefault(best, 0.0), Numbers.SENTENCE)
                        + "), and its test/mse, on rows that nothing was chosen by, is "
                        + Numbers.rounded(judged.getOrDefault(best, 0.0), Numbers.SENTENCE))
                .doesNotContain("on which it is judged");
        BestRun.Choice choice = BestRun.of(result.comparison().findings(), Optional.empty());
        assertThat(choice.run().orElseThrow().label()).isEqualTo(best + "/seed=1");
        assertThat(choice.run().orElseThrow().description()).contains("the best of 6 on validation/mse");
    }
}
