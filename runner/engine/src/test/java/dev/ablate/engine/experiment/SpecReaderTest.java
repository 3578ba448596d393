package dev.ablate.engine.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.core.metric.Goal;
import dev.ablate.core.training.Decision;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.problem.SpecException;
import dev.ablate.engine.yaml.Node;
import dev.ablate.engine.yaml.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecReaderTest {

    private static final String OR_GATE = """
            version: 1
            name: or-gate-bias
            dataset: { plugin: or-gate }
            trainer:
              plugin: perceptron
              learning_rate: 0.05
              initial_weights: [0.1, 0.2]
            variants:
              bias:    { trainer.bias: true, trainer.initial_bias: 0.3 }
              no-bias: { trainer.bias: false }
            predict: [[1, 0], [0, 0]]
            compare:
              baseline: no-bias
              primary: train/mse
              metrics:
                train/mse:      { goal: minimize, same_within: 1e-6 }
                train/accuracy: { goal: maximize, same_within: 2% }
                train/sse:      {}
            track: { mlflow: { experiment: or-gate }, weights: false, every: 9, patch: true }
            """;

    @TempDir
    private Path folder;

    @Test
    void readsEveryPartOfASpec() throws IOException {
        Spec spec = read(OR_GATE, Overrides.NONE);

        assertThat(spec.name()).isEqualTo("or-gate-bias");
        assertThat(texts(spec.dataset())).isEqualTo("plugin=or-gate {}");
        assertThat(variant(spec, "bias"))
                .isEqualTo(
                        "plugin=perceptron {learning_rate=0.05, initial_weights=[0.1, 0.2], bias=true, initial_bias=0.3}");
        assertThat(variant(spec, "no-bias"))
                .isEqualTo("plugin=perceptron {learning_rate=0.05, initial_weights=[0.1, 0.2], bias=false}");
        assertThat(spec.predict()).extracting(Spec.Row::values).containsExactly(List.of(1.0, 0.0), List.of(0.0, 0.0));
        assertThat(spec.compare().baseline()).map(Spec.Word::text).contains("no-bias");
        assertThat(spec.compare().primary()).map(Spec.Word::text).contains("train/mse");
        assertThat(spec.compare().metrics())
                .extracting(metric -> metric.name().text())
                .containsExactly("train/mse", "train/accuracy", "train/sse");
        Spec.CompareMetric accuracy = spec.compare().metrics().get(1);
        assertThat(accuracy.goal()).contains(Goal.MAXIMIZE);
        assertThat(accuracy.sameWithin()).map(Spec.SameWithin::amount).contains(2.0);
        assertThat(accuracy.sameWithin()).map(Spec.SameWithin::percent).contains(true);
        assertThat(spec.track())
                .isEqualTo(new Spec.Track(
                        true,
                        Optional.of("or-gate"),
                        false,
                        OptionalLong.of(9),
                        Optional.empty(),
                        Optional.empty(),
                        true));
    }

    @Test
    void givesDefaultsWhereNothingIsSaid() throws IOException {
        Spec spec = read("""
                version: 1
                name: a
                dataset: { plugin: or-gate }
                trainer: { plugin: perceptron }
                """, Overrides.NONE);

        assertThat(spec.variants()).extracting(Spec.Variant::name).containsExactly("default");
        assertThat(spec.seeds()).containsExactly(1L);
        assertThat(spec.decide()).isEqualTo(Decision.DEFAULT);
        assertThat(spec.run()).isEqualTo(new Spec.Run(Optional.empty(), false, 200, Optional.empty()));
        assertThat(spec.track()).isEqualTo(new Spec.Track(true, Optional.empty(), true, OptionalLong.empty()));
        assertThat(spec.description()).isEmpty();
    }

    @Test
    void laysASpecOverTheOneItExtends() throws IOException {
        write("base/or-gate.yaml", OR_GATE);
        Spec spec = read("""
                version: 1
                name: seeds
                extends: base/or-gate.yaml
                trainer: { initial_weights: { normal: { sd: 1.0 } }, learning_rate: null }
                variants:
                  bias: { trainer.initial_bias: null }
                  no-bias: null
                  tiny: { trainer: { initial_weights: [0, 0] } }
                seeds: { count: 3, base: 42 }
                compare: { metrics: { train/accuracy: null } }
                track: { mlflow: false }
                """, Overrides.NONE);

        assertThat(spec.variants()).extracting(Spec.Variant::name).containsExactly("bias", "tiny");
        assertThat(variant(spec, "bias"))
                .isEqualTo("plugin=perceptron {initial_weights={ normal: { sd: 1.0 } }, bias=true}");
        assertThat(variant(spec, "tiny")).isEqualTo("plugin=perceptron {initial_weights=[0, 0]}");
        assertThat(spec.seeds()).containsExactly(42L, 43L, 44L);
        assertThat(spec.predict()).as("never inherited").isEmpty();
        assertThat(spec.compare().metrics())
                .extracting(metric -> metric.name().text())
                .containsExactly("train/mse", "train/sse");
        assertThat(spec.track())
                .isEqualTo(new Spec.Track(
                        false, Optional.empty(), false, OptionalLong.of(9), Optional.empty(), Optional.empty(), true));
    }

    @Test
    void dropsWhatWasSaidToAnotherPlugin() throws IOException {
        write("or-gate.yaml", OR_GATE);
        Spec spec = read("""
                version: 1
                name: other
                extends: or-gate.yaml
                trainer: { plugin: mlp, hidden: [2] }
                variants:
                  dl4j: { trainer: { plugin: dl4j, epochs: 3 } }
                """, Overrides.NONE);

        assertThat(variant(spec, "bias")).isEqualTo("plugin=mlp {hidden=[2], bias=true, initial_bias=0.3}");
        assertThat(variant(spec, "dl4j")).isEqualTo("plugin=dl4j {epochs=3}");
    }

    @Test
    void keepsTheOptionsOfAPluginThatIsNamedAgain() throws IOException {
        write("or-gate.yaml", OR_GATE);
        Spec spec = read("""
                version: 1
                name: again
                extends: or-gate.yaml
                trainer: { plugin: perceptron, epochs: 5 }
                """, Overrides.NONE);

        assertThat(variant(spec, "no-bias"))
                .isEqualTo("plugin=perceptron {learning_rate=0.05, initial_weights=[0.1, 0.2], epochs=5, bias=false}");
    }

    @Test
    void laysTheCommandLineOverEveryVariant() throws IOException {
        Spec spec =
                read(OR_GATE, sets("trainer.learning_rate=0.5", "compare.metrics.train/rmse.goal=min", "seeds=[3, 1]"));

        assertThat(variant(spec, "bias")).contains("learning_rate=0.5");
        assertThat(variant(spec, "no-bias")).contains("learning_rate=0.5");
        assertThat(spec.seeds()).containsExactly(3L, 1L);
        assertThat(spec.compare().metrics())
                .filteredOn(metric -> metric.name().text().equals("train/rmse"))
                .extracting(Spec.CompareMetric::goal)
                .containsExactly(Optional.of(Goal.MINIMIZE));
    }

    @Test
    void repeatsBeginAtTheSeedOfTheSpec() throws IOException {
        Overrides repeats = new Overrides(List.of(), Optional.empty(), Optional.of("2"));
        assertThat(read(OR_GATE + "seeds: { count: 9, base: 40 }\n", repeats).seeds())
                .containsExactly(40L, 41L);
        assertThat(read(OR_GATE + "seeds: [7, 8, 9]\n", repeats).seeds()).containsExactly(1L, 2L);
        Overrides seeds = new Overrides(List.of(), Optional.of("4, 5"), Optional.empty());
        assertThat(read(OR_GATE + "seeds: { count: 9, base: 40 }\n", seeds).seeds())
                .containsExactly(4L, 5L);
    }

    @Test
    void remembersWhatALeafReplaced() throws IOException {
        Spec spec = read(OR_GATE, sets("trainer.learning_rate=-1"));
        Setting rate = setting(spec.variants().get(0).trainer(), "learning_rate");

        assertThat(rate.error("must be greater than 0").render())
                .isEqualTo("--set trainer.learning_rate=-1: error: must be greater than 0 (overrides "
                        + folder.resolve("spec.yaml") + ":6:18, which has 0.05)");
    }

    @Test
    void resolvesPathsAgainstTheFileInWhichTheyAreWritten() throws IOException {
        write(
                "base/table.yaml",
                "version: 1\ndataset: { plugin: table, file: rows.csv }\ntrainer: { plugin: perceptron }\n");
        String spec = "version: 1\nname: a\nextends: base/table.yaml\n";

        assertThat(setting(read(spec, Overrides.NONE).dataset(), "file")
                        .value()
                        .at()
                        .folder())
                .isEqualTo(folder.resolve("base"));
        assertThat(setting(read(spec, sets("dataset.file=rows.csv")).dataset(), "file")
                        .value()
                        .at()
                        .folder())
                .isEqualTo(Path.of(""));
    }

    @Test
    void readsTheEnvironmentAsIfItStoodThere() throws IOException {
        String text = OR_GATE.replace("0.05", "${env:RATE}")
                + "description: \"to ${env:WHERE:-nowhere}\"\nrun: { jobs: \"${env:JOBS:-3}\" }\n";
        Spec spec = read(text, Overrides.NONE, Map.of("RATE", "0.5", "WHERE", ""));

        Node rate = setting(spec.variants().get(0).trainer(), "learning_rate").value();
        assertThat(rate).isInstanceOfSatisfying(Node.Scalar.class, scalar -> {
            assertThat(scalar.kind()).isEqualTo(Node.Kind.FLOAT);
            assertThat(scalar.text()).isEqualTo("0.5");
            assertThat(scalar.written()).isEqualTo("${env:RATE}");
        });
        assertThat(spec.description())
                .as("it is printed and stored: what the environment holds is not")
                .isEqualTo("to ${env:WHERE:-nowhere}");
        assertThat(spec.run().jobs()).contains(3);
    }

    @Test
    void readsAFileThatBeginsWithAByteOrderMark() throws IOException {
        Path file = write("marked.yaml", "\uFEFFversion: 2" + OR_GATE.substring("version: 1".length()));
        Problems problems = new Problems();

        reader().read(file, Overrides.NONE, problems);

        assertThat(problems.all())
                .singleElement()
                .satisfies(problem -> assertThat(problem.render())
                        .as("places are those that an editor shows")
                        .contains("marked.yaml:1:10: error: version must be 1, got 2")
                        .doesNotContain("\uFEFF"));
    }

    @Test
    void takesAnchorsFromNotesThatItDoesNotCheck() throws IOException {
        Spec spec = read("x-any: { deep: [&rate 0.5, no, 010] }\n" + OR_GATE.replace("0.05", "*rate"), Overrides.NONE);

        assertThat(variant(spec, "bias")).contains("learning_rate=0.5");
    }

    @Test
    void refusesTenMegabytes() throws IOException {
        Path file = write("large.yaml", "version: 1\nx-rows: [" + "1, ".repeat(3_500_000) + "1]\n");

        assertThatThrownBy(() -> reader().read(file, Overrides.NONE, new Problems()))
                .isInstanceOf(SpecException.class)
                .hasMessage(
                        file + ": error: a spec has at most 1,000,000 bytes, and '" + Problem.shortened(file.toString())
                                + "' has more; put rows of data in a CSV file: dataset: { plugin: table, file: ... }");
    }

    @Test
    void readsALineOfAlmostAMegabyte() throws IOException {
        Spec spec = read(OR_GATE + "x-rows: [" + "1, ".repeat(300_000) + "1]\n", Overrides.NONE);

        assertThat(spec.name()).isEqualTo("or-gate-bias");
    }

    @Test
    void suggestsTheFileThatIsThere() throws IOException {
        write("or-gate.yaml", OR_GATE);
        Path file = folder.resolve("or-gaet.yaml");

        assertThatThrownBy(() -> reader().read(file, Overrides.NONE, new Problems()))
                .isInstanceOf(SpecException.class)
                .hasMessage(file + ": error: there is no such file; did you mean 'or-gate.yaml'?");
    }

    @Test
    void saysThatAFolderIsNotASpec() {
        assertThatThrownBy(() -> reader().read(folder, Overrides.NONE, new Problems()))
                .isInstanceOf(SpecException.class)
                .hasMessageEndingWith("is a folder");
    }

    @Test
    void laysASweepOverVariantsAndBelowTheCommandLine() throws IOException {
        write("base/rates.yaml", OR_GATE + "sweep: { params: { trainer.epochs: [1, 2], trainer.batch: [1] } }\n");
        Spec spec = read("""
                version: 1
                name: rates
                extends: base/rates.yaml
                sweep: { method: zip, params: { trainer.batch: null, trainer: { learning_rate: [0.1, 0.2] } } }
                """, sets("sweep.params.trainer.epochs=[3, 4]", "trainer.loss=sse"));

        assertThat(spec.cells())
                .extracting(cell -> texts(cell.variants().get(1).trainer()))
                .containsExactly(
                        "plugin=perceptron {learning_rate=0.1, initial_weights=[0.1, 0.2], bias=false, epochs=3, loss=sse}",
                        "plugin=perceptron {learning_rate=0.2, initial_weights=[0.1, 0.2], bias=false, epochs=4, loss=sse}");
        assertThat(spec.variants()).isEqualTo(spec.cells().get(0).variants());
    }

    @Test
    void zipsAValueWithSeveralOthers() throws IOException {
        Spec spec = read(
                OR_GATE + "sweep: { method: zip, params: { trainer.epochs: [1, 1, 2], trainer.batch: [1, 2, 1] } }\n",
                Overrides.NONE);
        assertThat(spec.cells())
                .extracting(cell -> cell.swept().stream()
                        .map(setting -> setting.value().toString())
                        .toList())
                .containsExactly(List.of("1", "1"), List.of("1", "2"), List.of("2", "1"));
    }

    @Test
    void mergesSplitAndScalingLeafByLeaf() throws IOException {
        write("base.yaml", OR_GATE + """
                data: { split: { test: 0.25, per: experiment }, scale: { features: max, target: max } }
                stop: { when: train/mse, below: 1e-4, for: 20 }
                """);
        String upper = "version: 1\nname: upper\nextends: base.yaml\n";

        Spec spec = read(
                upper + "data: { split: { test: 0.5 }, scale: { target: null } }\nstop: { below: null, above: 3 }\n",
                Overrides.NONE);
        Spec.Split split = spec.cells().get(0).split().orElseThrow();
        assertThat(split.test()).isEqualTo(0.5);
        assertThat(split.once()).isTrue();
        Spec.Scale scale = spec.variants().get(0).scale();
        assertThat(scale.features()).map(Spec.Word::text).contains("max");
        assertThat(scale.target()).isEmpty();
        assertThat(spec.stop().orElseThrow()).isInstanceOfSatisfying(Stop.Bound.class, bound -> {
            assertThat(bound.below()).isFalse();
            assertThat(bound.updates()).isEqualTo(20);
        });

        Spec none = read(upper + "data: { split: null, scale: null }\nstop: null\n", Overrides.NONE);
        assertThat(none.cells().get(0).split()).isEmpty();
        assertThat(none.variants().get(0).scale().features()).isEmpty();
        assertThat(none.stop()).isEmpty();
    }

    @Test
    void sweepsNothingWhereTheSweepIsDeleted() throws IOException {
        String swept = OR_GATE + "sweep: { params: { trainer.epochs: [1, 2] } }\n";
        assertThat(read(swept, Overrides.NONE).cells()).hasSize(2);
        Spec spec = read(swept, sets("sweep=null", "trainer.epochs=7"));
        assertThat(spec.cells()).hasSize(1);
        assertThat(spec.cells().get(0).swept()).isEmpty();
        assertThat(variant(spec, "bias")).contains("epochs=7");
    }

    @Test
    void remembersWhatASweptValueReplaced() throws IOException {
        Spec spec = read(OR_GATE + "sweep: { params: { trainer.learning_rate: [1, -1] } }\n", Overrides.NONE);
        Setting rate = setting(spec.cells().get(1).variants().get(0).trainer(), "learning_rate");
        assertThat(rate.error("must be greater than 0").render())
                .startsWith(folder.resolve("spec.yaml") + ":20:47: error: trainer.learning_rate must be greater than 0"
                        + " (overrides " + folder.resolve("spec.yaml") + ":6:18, which has 0.05)");
    }

    private Spec read(String text, Overrides overrides) throws IOException {
        return read(text, overrides, Map.of());
    }

    private Spec read(String text, Overrides overrides, Map<String, String> environment) throws IOException {
        Problems problems = new Problems();
        Spec spec = new SpecReader(environment).read(write("spec.yaml", text), overrides, problems);
        problems.throwIfErrors();
        return spec;
    }

    private static SpecReader reader() {
        return new SpecReader(Map.of());
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static Overrides sets(String... sets) {
        return new Overrides(List.of(sets), Optional.empty(), Optional.empty());
    }

    private static Setting setting(Block block, String option) {
        return Optional.ofNullable(block.options().get(option)).orElseThrow();
    }

    private static String variant(Spec spec, String name) {
        return spec.variants().stream()
                .filter(variant -> variant.name().equals(name))
                .map(variant -> texts(variant.trainer()))
                .findFirst()
                .orElseThrow();
    }

    static String texts(Block block) {
        List<String> options = block.options().entrySet().stream()
                .map(option -> option.getKey() + "=" + option.getValue().value())
                .toList();
        return "plugin="
                + block.plugin().map(setting -> setting.value().toString()).orElse("?") + " {"
                + String.join(", ", options) + "}";
    }
}
