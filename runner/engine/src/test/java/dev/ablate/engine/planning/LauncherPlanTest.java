package dev.ablate.engine.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.experiment.Overrides;
import dev.ablate.engine.fixture.QueueOptions;
import dev.ablate.engine.plan.Launching;
import dev.ablate.engine.plan.Plan;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who trains the runs of a spec, by its layers. */
class LauncherPlanTest {

    private static final String QUEUED = Specs.OR_GATE
            + "run: { launcher: { plugin: queue, partition: big, at_once: 7, setup: first.sh, folder: jobs } }\n";

    @TempDir
    Path folder;

    private Specs specs;

    @BeforeEach
    void inAFolder() {
        specs = new Specs(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "run: { jobs: 2 }\n",
                "run: { launcher: null }\n",
                "run: { launcher: {} }\n",
                "run: { launcher: { plugin: local } }\n",
                "run: { launcher: { folder: jobs } }\n"
            })
    void runsAreTrainedHereUnlessTheSpecSaysOtherwise(String more) {
        assertThat(specs.plan(Specs.OR_GATE + more).launching()).isEmpty();
    }

    @Test
    void aLauncherHasItsOptionsAndAFolderBesideTheSpec() {
        Launching launching =
                launching(specs.plan(Specs.OR_GATE + "run: { launcher: { plugin: queue, partition: big } }\n"));
        assertThat(launching.launcher().plugin()).isEqualTo("queue");
        assertThat(launching.launcher().options()).isEqualTo(new QueueOptions("big", 1, Optional.empty()));
        assertThat(launching.folder()).isEqualTo(folder.resolve(".ablate-jobs")).isAbsolute();
    }

    @Test
    void itsPathsAreThoseOfTheFileThatNamesThem() {
        specs.write("base/base.yaml", QUEUED);
        Path spec = specs.write("sub/spec.yaml", "version: 1\nname: below\nextends: ../base/base.yaml\n");
        Launching launching = launching(specs.plan(spec));
        assertThat(launching.folder()).isEqualTo(folder.resolve("base/jobs"));
        assertThat(launching.launcher().options())
                .isEqualTo(new QueueOptions("big", 7, Optional.of(folder.resolve("base/first.sh"))));
        Path typed = Path.of("").toAbsolutePath().relativize(folder.resolve("typed"));
        assertThat(launching(specs.plan(spec, "run.launcher.folder=" + typed)).folder())
                .isEqualTo(folder.resolve("typed"));
        Path above = specs.write("sub/none.yaml", """
                version: 1
                name: none
                extends: spec.yaml
                run: { launcher: { folder: null } }
                """);
        assertThat(launching(specs.plan(above)).folder()).isEqualTo(folder.resolve("sub/.ablate-jobs"));
    }

    @Test
    void whatIsSetIsSet() {
        Launching launching = launching(specs.plan(
                Specs.OR_GATE, "run.launcher.plugin=queue", "run.launcher.partition=big", "run.launcher.at_once=3"));
        assertThat(launching.launcher().options()).isEqualTo(new QueueOptions("big", 3, Optional.empty()));
        assertThat(specs.plan(QUEUED, "run.launcher=null").launching()).isEmpty();
    }

    @Test
    void anotherOneTakesOverTheFolderAlone() {
        Launching launching = launching(specs.plan(QUEUED, "run.launcher.plugin=shelf"));
        assertThat(launching.launcher().plugin()).isEqualTo("shelf");
        assertThat(launching.folder()).isEqualTo(folder.resolve("jobs"));
    }

    @Test
    void oneThatIsNamedOnTheCommandLineHasTheSpecsOptionsIfTheSpecNamesItToo() {
        assertThat(launching(specs.plan(QUEUED, named("queue"))).launcher().options())
                .isEqualTo(new QueueOptions("big", 7, Optional.of(folder.resolve("first.sh"))));
        assertThat(launching(specs.plan(QUEUED, named("shelf"))).launcher().plugin())
                .isEqualTo("shelf");
        assertThat(launching(specs.plan(Specs.OR_GATE, named("shelf"))).folder())
                .isEqualTo(folder.resolve(".ablate-jobs"));
        assertThat(specs.plan(QUEUED, named("local")).launching()).isEmpty();
        Overrides set = new Overrides(
                List.of("run.launcher.partition=small"), Optional.empty(), Optional.empty(), Optional.of("queue"));
        assertThat(launching(specs.plan(Specs.OR_GATE, set)).launcher().options())
                .isEqualTo(new QueueOptions("small", 1, Optional.empty()));
    }

    @Test
    void aNameIsTextWhateverItLooksLike() {
        assertThat(specs.problems(Specs.OR_GATE, named("null")))
                .containsExactly("--launcher null: error: no launcher 'null';"
                        + " there are local, queue, shelf (searched: built-in, plugins)");
    }

    private static Overrides named(String launcher) {
        return Overrides.NONE.launcher(launcher);
    }

    private static Launching launching(Plan plan) {
        return plan.launching().orElseThrow();
    }
}
