package dev.ablate.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.fixture.ChangedRun;
import dev.ablate.engine.fixture.Descent;
import dev.ablate.engine.fixture.SmallPlans;
import dev.ablate.worker.context.RunContext;
import dev.ablate.worker.data.RunData;
import dev.ablate.worker.data.SharedData;
import dev.ablate.worker.spec.ScaleSettings.Method;
import dev.ablate.worker.spec.SplitSettings.Per;
import dev.ablate.worker.spec.SplitSettings.Take;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Which runs share their data; what they are is the same as if each had its own. */
class SharedDataTest {

    private final SharedData shared = new SharedData();

    private static ChangedRun drawn(ChangedRun run) {
        return run.on(ChangedRun.HOUSES).split(0.2).scale(Method.STANDARD, Method.MAX);
    }

    private static RunContext run(String variant, long seed, UnaryOperator<ChangedRun> change) {
        return change.apply(new ChangedRun(SmallPlans.run(variant, seed, Descent.of(1, true))))
                .run()
                .context();
    }

    private RunData first(UnaryOperator<ChangedRun> change) {
        return shared.of(run("a", 1, change));
    }

    @Test
    void sharesWhatTheVariantsOfASeedHave() {
        RunData one = first(SharedDataTest::drawn);
        RunData other = shared.of(run("b", 1, SharedDataTest::drawn));
        assertThat(other).isSameAs(one);
        assertThat(other.scaledTrain()).isSameAs(one.scaledTrain());
        assertThat(other.described().parts()).isSameAs(one.described().parts());
        RunData alone = RunData.of(run("b", 1, SharedDataTest::drawn));
        assertThat(other.scaledTrain()).isEqualTo(alone.scaledTrain());
        assertThat(other.scaledTest()).isEqualTo(alone.scaledTest()).isPresent();
        assertThat(other.described().parts())
                .isEqualTo(alone.described().parts())
                .hasSize(2);
        assertThat(other.testRows()).isEqualTo(alone.testRows());
    }

    @Test
    void sharesNoRowsThatASeedDraws() {
        RunData one = first(SharedDataTest::drawn);
        RunData other = shared.of(run("a", 2, SharedDataTest::drawn));
        assertThat(other.testRows())
                .isNotEqualTo(one.testRows())
                .isEqualTo(RunData.of(run("a", 2, SharedDataTest::drawn)).testRows());
    }

    @Test
    void sharesRowsThatNoSeedDrawsWithAllSeeds() {
        for (UnaryOperator<ChangedRun> same : List.<UnaryOperator<ChangedRun>>of(
                run -> run.on(ChangedRun.HOUSES),
                run -> run.on(ChangedRun.HOUSES).split(0.2, Take.LAST, Per.SEED),
                run -> run.on(ChangedRun.HOUSES).split(0.2, Take.RANDOM, Per.EXPERIMENT))) {
            assertThat(shared.of(run("b", 7, same))).isSameAs(first(same));
        }
    }

    @Test
    void sharesNothingWithOtherColumnsScalesSplitsOrRows() {
        RunData one = first(SharedDataTest::drawn);
        assertThat(List.<UnaryOperator<ChangedRun>>of(
                        run -> drawn(run).features("age"),
                        run -> drawn(run).scale(Method.MIN_MAX, Method.MAX),
                        run -> drawn(run).scale(Method.STANDARD, Method.NONE),
                        run -> drawn(run).split(0.3),
                        run -> drawn(run).on(ChangedRun.houses(41))))
                .allSatisfy(change -> {
                    RunData other = first(change);
                    assertThat(other).isNotSameAs(one);
                    assertThat(other.scaledTrain())
                            .isEqualTo(RunData.of(run("a", 1, change)).scaledTrain())
                            .isNotEqualTo(one.scaledTrain());
                });
    }
}
