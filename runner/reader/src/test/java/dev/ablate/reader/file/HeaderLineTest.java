package dev.ablate.reader.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.core.option.OptionType;
import dev.ablate.core.option.PlainValue;
import dev.ablate.core.option.Range;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderLineTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"true | TRUE", "false | FALSE"})
    void readsAHeaderAsItIsInYaml(boolean written, HeaderLine expected) {
        OptionType<HeaderLine> type = new HeaderLine.Type();
        List<String> problems = new ArrayList<>();
        assertThat(type.read(new PlainValue("header", written, Range.all(), problems::add)))
                .hasValue(expected);
        assertThat(type.write(expected)).isEqualTo(written);
        assertThat(type.read(new PlainValue("header", "auto", Range.all(), problems::add)))
                .hasValue(HeaderLine.AUTO);
        assertThat(problems).isEmpty();
        assertThat(type.read(new PlainValue("header", 3, Range.all(), problems::add)))
                .isEmpty();
        assertThat(problems).containsExactly("header must be auto, true or false, got 3");
    }
}
