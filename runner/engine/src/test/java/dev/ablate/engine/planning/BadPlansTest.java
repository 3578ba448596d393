package dev.ablate.engine.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ablate.engine.experiment.GoldenMessages;
import dev.ablate.engine.experiment.Spec;
import dev.ablate.engine.experiment.SpecReader;
import dev.ablate.engine.fixture.TestPlugins;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.problem.SpecException;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is reported about specs whose names, types, ranges or combinations are wrong, word by word. */
class BadPlansTest {

    private static final Planner PLANNER = new Planner(TestPlugins.catalog());

    static Stream<GoldenMessages.Case> cases() throws IOException {
        return GoldenMessages.in("plan");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void reportsWhatIsWrongWhereAndWhatToDo(GoldenMessages.Case tried) {
        Problems problems = new Problems();
        Spec spec = new SpecReader(tried.environment()).read(tried.file(), tried.overrides(), problems);
        SpecException refused = catchThrowableOfType(SpecException.class, () -> PLANNER.plan(spec, problems));
        assertThat(refused).as("nothing was refused").isNotNull();
        assertThat(refused.problems())
                .as("what is thrown is all that was found")
                .isEqualTo(problems.all());
        GoldenMessages.check(tried, GoldenMessages.text(tried, problems));
    }
}
