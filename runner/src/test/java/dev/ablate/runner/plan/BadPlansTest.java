package dev.ablate.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ablate.runner.fixture.TestPlugins;
import dev.ablate.runner.spec.GoldenMessages;
import dev.ablate.runner.spec.Problems;
import dev.ablate.runner.spec.Spec;
import dev.ablate.runner.spec.SpecException;
import dev.ablate.runner.spec.SpecReader;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is told about specs whose names, types, ranges or combinations are wrong, word by word. */
class BadPlansTest {

    private static final Planner PLANNER = new Planner(TestPlugins.catalog());

    static Stream<GoldenMessages.Case> cases() throws IOException {
        return GoldenMessages.in("plan");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void tellsWhatIsWrongWhereAndWhatToDo(GoldenMessages.Case tried) {
        Problems problems = new Problems();
        Spec spec = new SpecReader(tried.environment()).read(tried.file(), tried.overrides(), problems);
        SpecException refused = catchThrowableOfType(SpecException.class, () -> PLANNER.plan(spec, problems));
        assertThat(refused).as("nothing was refused").isNotNull();
        assertThat(refused.problems())
                .as("what is thrown is all that was found")
                .isEqualTo(problems.all());
        GoldenMessages.check(tried, GoldenMessages.told(tried, problems));
    }
}
