package dev.ablate.engine.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingTest {

    private final Problems problems = new Problems();

    @Test
    void readsWhatFits() {
        assertThat(reading("true").bool()).contains(true);
        assertThat(reading("-12").integer()).contains(-12);
        assertThat(reading("+7").wholeNumber()).contains(7L);
        assertThat(reading("9223372036854775807").wholeNumber()).contains(Long.MAX_VALUE);
        assertThat(reading("3").number()).contains(3.0);
        assertThat(reading("1e-3").number()).contains(0.001);
        assertThat(reading("0.0e5").number()).contains(0.0);
        assertThat(reading("-9007199254740994").number()).contains(-9007199254740994.0);
        assertThat(reading("1000000000000000000000").number()).contains(1e21);
        assertThat(reading("'5'").text()).contains("5");
        assertThat(reading("y").text()).contains("y");
        assertThat(reading("shuffled").word(List.of("as-given", "shuffled"))).contains("shuffled");
        assertThat(problems.all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "no      | must be true or false, got 'no' (YAML 1.1 would read it as false); write false",
                "'true'  | must be true or false, got 'true'; write true without quotes",
                "0       | must be true or false, got 0",
                "null    | must be true or false, got null",
                "[true]  | must be true or false, got a list",
            })
    void saysWhatABooleanMustBe(String yaml, String message) {
        assertThat(reading(yaml).bool()).isEmpty();
        assertThat(reported()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1e3          | must be a whole number, got 1e3; write 1000",
                "5.0          | must be a whole number, got 5.0; write 5",
                "5.7          | must be a whole number, got 5.7",
                "1e999999999  | must be a whole number, got 1e999999999",
                ".inf         | must be a whole number, got .inf",
                "'12'         | must be a whole number, got '12'; write 12 without quotes",
                "010          | must be a whole number, got '010' (YAML 1.1 would read it as 8); write 8 or 10",
                "1_0          | must be a whole number, got '1_0' (YAML 1.1 would read it as 10); write 10",
                "2147483648   | must be 2147483647 or less, got 2147483648",
                "-2147483649  | must be -2147483648 or greater, got -2147483649",
                "{ a: 1 }     | must be a whole number, got a map",
            })
    void saysWhatAnIntegerMustBe(String yaml, String message) {
        assertThat(reading(yaml).integer()).isEmpty();
        assertThat(reported()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                ".nan     | must be a finite number, got .nan",
                "-.inf    | must be a finite number, got -.inf",
                "1e400    | must be a number of at most 1.8e308, got 1e400",
                "1e-400   | must be 0, or a number of at least 4.9e-324, got 1e-400",
                "9007199254740993 | must be a number that is not rounded: whole numbers above 2^53 may be, got 9007199254740993",
                "-12345678901234567890 | must be a number that is not rounded: whole numbers above 2^53 may be, got -12345678901234567890",
                "half     | must be a number, got 'half'",
                "'0.5'    | must be a number, got '0.5'; write 0.5 without quotes",
                "1_0.5    | must be a number, got '1_0.5' (YAML 1.1 would read it as 10.5); write 10.5",
                "12:30    | must be a number, got '12:30' (YAML 1.1 would read it as 750, counting in sixties)",
            })
    void saysWhatANumberMustBe(String yaml, String message) {
        assertThat(reading(yaml).number()).isEmpty();
        assertThat(reported()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "on    | must be as-given or shuffled, got 'on'",
                "suffled | must be as-given or shuffled, got 'suffled'; did you mean 'shuffled'?",
                "[a]   | must be as-given or shuffled, got a list",
            })
    void saysWhichWordsThereAre(String yaml, String message) {
        assertThat(reading(yaml).word(List.of("as-given", "shuffled"))).isEmpty();
        assertThat(reported()).isEqualTo(message);
    }

    @Test
    void namesWhatStandsInsideAList() {
        List<Reading> items = reading("[[1, x], { weights: y }]").items().orElseThrow();
        items.get(0).items().orElseThrow().get(1).number();
        items.get(1).entries(List.of("weights")).orElseThrow().values().forEach(Reading::number);

        assertThat(problems.all())
                .extracting(Problem::message)
                .containsExactly(
                        "item 2 of item 1 must be a number, got 'x'", "weights of item 2 must be a number, got 'y'");
    }

    @Test
    void namesTheWholePathInAFile() {
        Source source = Source.ofFile("a.yaml", Path.of(""), "{ normal: { sd: x, mean: 0 } }");
        Node node = new Composer(source, new Environment(Map.of(), problems), problems)
                .compose()
                .orElseThrow();
        Optional<Double> sd = Reading.of(node, "trainer.initial_weights", problems)
                .entries(List.of("normal"))
                .flatMap(entries -> Optional.ofNullable(entries.get("normal")))
                .flatMap(normal -> normal.entries(List.of("sd")))
                .flatMap(entries -> Optional.ofNullable(entries.get("sd")))
                .flatMap(Reading::number);

        assertThat(sd).isEmpty();
        assertThat(problems.all())
                .extracting(Problem::message)
                .containsExactly(
                        "trainer.initial_weights.normal.sd must be a number, got 'x'",
                        "unknown key 'mean' in trainer.initial_weights.normal");
    }

    @Test
    void takesAnythingFromTheEnvironmentForText() {
        Node node = new Node.Scalar(Position.ofOption("--set a=b"), Node.Kind.INTEGER, "5", "${env:FIVE}");

        assertThat(Reading.of(node, "a", problems).text()).contains("5");
        assertThat(Reading.of(node, "a", problems).integer()).contains(5);
    }

    @Test
    void saysNothingMoreOfWhatWasReportedBefore() {
        Node broken = Environment.broken(Position.ofOption("--set a=b"), "*a");

        assertThat(Reading.of(broken, "a", problems).integer()).isEmpty();
        assertThat(Reading.of(broken, "a", problems).text()).isEmpty();
        assertThat(Reading.of(broken, "a", problems).word(List.of("b"))).isEmpty();
        assertThat(problems.all()).isEmpty();
    }

    private Reading reading(String yaml) {
        Source source = Source.ofOption("--set a=" + yaml, yaml);
        Node node = new Composer(source, new Environment(Map.of(), problems), problems)
                .compose()
                .orElseThrow();
        return Reading.of(node, "a", problems);
    }

    private String reported() {
        assertThat(problems.all()).hasSize(1);
        Problem problem = problems.all().get(0);
        return problem.message() + (problem.suggestion().isEmpty() ? "" : "; " + problem.suggestion());
    }
}
