package dev.ablate.engine.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.problem.SpecException;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is reported about specs whose syntax or layers are wrong, word by word. */
class BadSpecsTest {

    static Stream<GoldenMessages.Case> cases() throws IOException {
        return GoldenMessages.in("spec");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void reportsWhatIsWrongWhereAndWhatToDo(GoldenMessages.Case tried) {
        Problems problems = new Problems();
        try {
            new SpecReader(tried.environment()).read(tried.file(), tried.overrides(), problems);
        } catch (SpecException e) {
            assertThat(e.problems()).as("what is thrown is all that was found").isEqualTo(problems.all());
        }
        assertThat(problems.hasErrors()).isTrue();
        GoldenMessages.check(tried, GoldenMessages.text(tried, problems));
    }
}
