package dev.ablate.engine.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Schema;
import dev.ablate.core.option.NoOptions;
import dev.ablate.core.plugin.PluginModule;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.AnswerRange;
import dev.ablate.core.training.LimitedAnswers;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Trainer;
import dev.ablate.core.training.Training;
import dev.ablate.engine.experiment.Overrides;
import dev.ablate.engine.experiment.Spec;
import dev.ablate.engine.experiment.SpecReader;
import dev.ablate.engine.fixture.NeuronOptions;
import dev.ablate.engine.fixture.TestPlugins;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.problem.SpecException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a model answers at most, against the targets: the default of the activation, and what is out of reach. */
class TargetRangeTest {

    private static final String SHEET = """
            version: 1
            name: sheet
            dataset: { plugin: sheet, columns: [x], rows: [[0, 12.5], [1, 800]] }
            trainer: { plugin: neuron, learning_rate: 0.1, epochs: 10 }
            """;

    @TempDir
    Path folder;

    private Specs specs;

    @BeforeEach
    void inAFolder() {
        specs = new Specs(folder);
    }

    @Test
    void theActivationFollowsTheTask() {
        assertThat(activation(specs.plan(SHEET))).isEqualTo(Activation.IDENTITY);
        assertThat(activation(specs.plan(Specs.OR_GATE))).isEqualTo(Activation.SIGMOID);
    }

    @Test
    void theActivationThatIsUsedIsRenderedTrackedAndCountsForTheKey() {
        Plan byDefault = specs.plan(SHEET);
        Plan given = specs.plan(SHEET, "trainer.activation=identity");
        assertThat(specs.render(SHEET)).containsPattern("activation: identity +# default");
        assertThat(byDefault.runs().get(0).params()).containsEntry("trainer.activation", "identity");
        assertThat(byDefault.runs().get(0).key()).isEqualTo(given.runs().get(0).key());
        assertThat(byDefault.key()).isEqualTo(given.key());
    }

    @Test
    void theActivationIsNotADefaultOfASpecWhoseCellsHaveOther() {
        String tasks = """
                version: 1
                name: tasks
                trainer: { plugin: neuron, learning_rate: 0.1, epochs: 10 }
                sweep: { params: { dataset.plugin: [or-gate, houses] } }
                """;
        Plan plan = specs.plan(tasks);
        assertThat(plan.runs())
                .extracting(run -> run.params().get("trainer.activation"))
                .containsExactly("sigmoid", "identity");
        assertThat(specs.render(tasks)).doesNotContain("activation:");
    }

    @ParameterizedTest
    @CsvSource({
        "sigmoid, none, 0, 1",
        "sigmoid, min-max, -5, 12",
        "sigmoid, max, 0, 12",
        "tanh, none, -1, 1",
        "tanh, none, 0, 1",
        "tanh, max, -7, 5",
        "tanh, min-max, -5, 12",
        "relu, none, 0, 1e9",
        "relu, min-max, -5, 12",
        "identity, none, -1e9, 1e9",
        "identity, standard, -1e9, 1e9",
    })
    void aTargetWithinItsLimitsIsInReach(String activation, String scale, String least, String most) {
        assertThatCode(() -> specs.plan(sheet(activation, scale, least, most))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "sigmoid, none, 0, 1.0000001",
        "sigmoid, none, -0.0000001, 1",
        "sigmoid, none, 12, 12",
        "sigmoid, standard, 0, 1",
        "sigmoid, max, -1, 5",
        "tanh, none, 0, 100",
        "tanh, standard, 0, 1",
        "relu, none, -1, 1",
        "relu, standard, 5, 12",
        "relu, max, -1, 12",
    })
    void aTargetBeyondThemIsRefused(String activation, String scale, String least, String most) {
        SpecException refused =
                catchThrowableOfType(SpecException.class, () -> specs.plan(sheet(activation, scale, least, most)));
        assertThat(refused.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.message()).contains("activation: " + activation + " answers", "the target y");
            assertThat(problem.suggestion()).contains("choose identity");
            assertThat(problem.at())
                    .hasValueSatisfying(at -> assertThat(at.line()).isEqualTo(4));
        });
    }

    @Test
    void anUntrainedModelIsAFormulaToLookAt() {
        assertThatCode(() -> specs.plan(SHEET, "trainer.activation=sigmoid", "trainer.epochs=0"))
                .doesNotThrowAnyException();
        assertThatCode(() ->
                        specs.plan(SHEET, "trainer.activation=sigmoid", "trainer.epochs=null", "trainer.updates=0"))
                .doesNotThrowAnyException();
    }

    @Test
    void aTrainerOfAStrangerSaysItsOwnRange() {
        String shares = """
                version: 1
                name: shares
                dataset: { plugin: amounts }
                trainer: { plugin: share }
                """;
        Path file = specs.write("shares.yaml", shares);
        Problems problems = new Problems();
        Spec spec = new SpecReader(Map.of())
                .read(file, new Overrides(List.of(), Optional.empty(), Optional.empty()), problems);
        SpecException refused = catchThrowableOfType(
                SpecException.class, () -> new Planner(TestPlugins.catalog(Strangers.class)).plan(spec, problems));
        assertThat(refused.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.message())
                    .isEqualTo("trainer 'share' answers 100 or less, and the target amount is from 90 to 110");
            assertThat(problem.suggestion())
                    .isEqualTo("give shares; or scale the target from 0 to 1, with data.scale: { target: min-max }");
            assertThat(problem.at())
                    .hasValueSatisfying(at -> assertThat(at.line()).isEqualTo(4));
        });
    }

    /** A trainer whose answers are limited by its nature, not by an option. */
    public static final class Strangers extends PluginModule {
        @Override
        protected void plug() {
            dataset("amounts", NoOptions.class)
                    .to((NoOptions options) -> Dataset.regression(
                            Examples.of(List.of("x"), new double[] {1, 2, 3}, new double[] {90, 110, 100}),
                            "amount",
                            Map.of(),
                            ""));
            trainer("share", ShareOptions.class).to(new Trainer<>() {
                @Override
                public Model train(ShareOptions options, Training training) {
                    throw new AssertionError("was planned");
                }

                @Override
                public Model restore(ShareOptions options, Schema schema, InputStream in) {
                    throw new AssertionError("was planned");
                }
            });
        }
    }

    /** No options, and a limit. */
    public record ShareOptions() implements LimitedAnswers {
        @Override
        public Optional<AnswerRange> answerRange() {
            return Optional.of(new AnswerRange(Double.NEGATIVE_INFINITY, 100, "", "give shares"));
        }
    }

    private static String sheet(String activation, String scale, String least, String most) {
        // four rows, three of them alike, so that a standard score is greater than 1
        String rows = "[[0, " + least + "], [1, " + most + "], [2, " + least + "], [3, " + least + "]]";
        return SHEET.replace("[[0, 12.5], [1, 800]]", rows)
                        .replace("epochs: 10 }", "epochs: 10, activation: " + activation + " }")
                + (scale.equals("none") ? "" : "data: { scale: { target: " + scale + " } }\n");
    }

    private static Activation activation(Plan plan) {
        return ((NeuronOptions) plan.runs().get(0).trainer().options()).activation();
    }
}
