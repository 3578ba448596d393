package dev.ablate.engine.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.problem.SpecException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is reported of classes that the data do not call 0 and 1. */
class CodingTest {

    private static final String SWITCHES = """
            version: 1
            name: switches
            dataset: { plugin: switches }
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
    void isReportedOnceWhereTheDatasetIsNamed() {
        Plan plan = specs.plan(SWITCHES + "sweep: { params: { trainer.epochs: [10, 20] } }\nseeds: { count: 6 }\n");
        assertThat(plan.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.message()).isEqualTo("the target state has the labels off and on, and on counts as 1");
            assertThat(warning.suggestion()).isEmpty();
            assertThat(warning.at())
                    .hasValueSatisfying(at -> assertThat(at.line()).isEqualTo(3));
        });
    }

    @Test
    void warnsOfAThresholdThatIsMeantForTheLabels() {
        Plan plan = specs.plan(SWITCHES + "decide: { threshold: 1.5 }\n");
        assertThat(plan.warnings())
                .extracting(warning -> warning.message())
                .containsExactly(
                        "the target state has the labels off and on, and on counts as 1",
                        "the labels off and on are coded 0 and 1, and decide.threshold is not between them");
        assertThat(specs.plan(SWITCHES + "decide: { threshold: 0.25 }\n").warnings())
                .hasSize(1);
    }

    @Test
    void doesNotAllowForScaledClasses() {
        SpecException refused = catchThrowableOfType(
                SpecException.class, () -> specs.plan(SWITCHES + "data: { scale: { target: max } }\n"));
        assertThat(refused.problems().get(0).message())
                .endsWith("state is a class, and its off and on are names, not amounts");
    }

    @Test
    void isAmongTheParametersOfARun() {
        assertThat(specs.plan(SWITCHES).runs().get(0).params()).containsEntry("dataset.classes", "[\"off\", \"on\"]");
    }

    @Test
    void isNothingForZeroAndOneAndForNumbers() {
        for (String dataset : List.of("or-gate", "houses")) {
            Plan plan = specs.plan(SWITCHES.replace("plugin: switches", "plugin: " + dataset));
            assertThat(plan.warnings()).as(dataset).isEmpty();
            assertThat(plan.runs().get(0).params()).doesNotContainKey("dataset.classes");
            assertThat(Coding.inWords(plan.dataset())).isEmpty();
        }
    }
}
