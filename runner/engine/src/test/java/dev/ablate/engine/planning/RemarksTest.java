package dev.ablate.engine.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ablate.core.data.DataException;
import dev.ablate.core.data.DataException.Fault;
import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Examples;
import dev.ablate.core.option.NoOptions;
import dev.ablate.core.plugin.PluginModule;
import dev.ablate.engine.catalog.Catalog;
import dev.ablate.engine.experiment.Overrides;
import dev.ablate.engine.experiment.SpecReader;
import dev.ablate.engine.fixture.TestPlugins;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.problem.SpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a dataset says of itself, and all that is wrong with one. */
class RemarksTest {

    @TempDir
    Path folder;

    /** For the service loader. */
    public static final class Sheets extends PluginModule {
        @Override
        protected void plug() {
            dataset("guessed", NoOptions.class)
                    .summary("Guesses")
                    .to((NoOptions options) -> Dataset.regression(
                                    Examples.of(List.of("x"), new double[] {1, 2}, new double[] {3, 4}),
                                    "y",
                                    Map.of(),
                                    "")
                            .remarking(List.of("the separator is ;", "the first line names the columns")));
            dataset("wrong", NoOptions.class).summary("Is wrong").to((NoOptions options) -> {
                throw new DataException(
                        List.of(new Fault("a.csv:2:1", "is red"), new Fault("a.csv:3:1", "is blue")), 312);
            });
        }
    }

    @Test
    void areReportedOnceEachWhereTheDatasetIsNamed() throws IOException {
        Plan plan = plan("guessed", "sweep: { params: { trainer.learning_rate: [0.1, 0.2] } }");
        assertThat(plan.warnings())
                .extracting(warning -> warning.message())
                .startsWith("the separator is ;", "the first line names the columns")
                .doesNotHaveDuplicates();
        assertThat(plan.warnings().get(0).at())
                .hasValueSatisfying(at -> assertThat(at.line()).isEqualTo(3));
    }

    @Test
    void allThatIsWrongIsReportedAsOneError() {
        SpecException refused = catchThrowableOfType(SpecException.class, () -> plan("wrong", "seeds: [1]"));
        assertThat(refused.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.render())
                        .contains("a.csv:2:1: is red")
                        .endsWith("\n    a.csv:3:1: is blue\n    and 312 more"));
    }

    private Plan plan(String dataset, String more) throws IOException {
        Path file = Files.writeString(folder.resolve("spec.yaml"), """
                version: 1
                name: remarks
                dataset: { plugin: %s }
                trainer: { plugin: neuron, learning_rate: 0.1, epochs: 10 }
                %s
                """.formatted(dataset, more));
        Problems problems = new Problems();
        return new Planner(
                        Catalog.find(TestPlugins.loader(List.of(TestPlugins.class, Sheets.class)), Path.of("plugins")))
                .plan(new SpecReader(Map.of()).read(file, Overrides.NONE, problems), problems);
    }
}
