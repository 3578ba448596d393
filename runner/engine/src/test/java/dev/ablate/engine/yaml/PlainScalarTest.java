package dev.ablate.engine.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.yaml.Node.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainScalarTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "~", "null"})
    void nullIsLowerCaseOrNothing(String text) {
        assertThat(PlainScalar.kindOf(text)).isEqualTo(Kind.NULL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void onlyTrueAndFalseAreBooleans(String text) {
        assertThat(PlainScalar.kindOf(text)).isEqualTo(Kind.BOOLEAN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "+7", "12", "-3", "99999999999999999999999999"})
    void integersAreDecimalWithoutALeadingZero(String text) {
        assertThat(PlainScalar.kindOf(text)).isEqualTo(Kind.INTEGER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.5", ".5", "5.", "1e3", "-1E-3", "+1.5e+10", ".inf", "-.INF", ".nan", "00.5"})
    void floatsAreThoseOfTheCoreSchema(String text) {
        assertThat(PlainScalar.kindOf(text)).isEqualTo(Kind.FLOAT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "y",
                "n",
                "Y",
                "N",
                "nO",
                "tRue",
                "oFF",
                "truth",
                "1a",
                "1.2.3",
                "-",
                "+",
                ".",
                "e5",
                "1e",
                "inf",
                "nan",
                "NaN",
                "train/mse",
                "2%",
                "0x",
                "0xg",
                "0o8",
                "12:60",
                "1:2:a",
                "2026-1-1",
                "1-2",
                "_1",
                "1 000"
            })
    void everythingElseIsText(String text) {
        assertThat(PlainScalar.kindOf(text)).isEqualTo(Kind.TEXT);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "yes, YAML 1.1 would read it as true, [true]",
                "ON, YAML 1.1 would read it as true, [true]",
                "True, YAML 1.1 would read it as true, [true]",
                "no, YAML 1.1 would read it as false, [false]",
                "Off, YAML 1.1 would read it as false, [false]",
                "FALSE, YAML 1.1 would read it as false, [false]",
                "Null, YAML 1.1 would read it as null, [null]",
                "010, YAML 1.1 would read it as 8, \"[8, 10]\"",
                "-017, YAML 1.1 would read it as -15, \"[-15, -17]\"",
                "007, a leading zero means octal in YAML 1.1, [7]",
                "089, a leading zero means octal in YAML 1.1, [89]",
                "1_000, YAML 1.1 would read it as 1000, [1000]",
                "1_0.5, YAML 1.1 would read it as 10.5, [10.5]",
                "0x1F, \"numbers are decimal, and this is hexadecimal\", [31]",
                "-0x10, \"numbers are decimal, and this is hexadecimal\", [-16]",
                "0o17, \"numbers are decimal, and this is octal\", [15]",
                "0b11, \"numbers are decimal, and this is binary\", [3]",
                "12:30, \"YAML 1.1 would read it as 750, counting in sixties\", []",
                "-1:00:00.5, \"YAML 1.1 would read it as -3600.5, counting in sixties\", []",
                "2026-01-02, YAML 1.1 would read it as a date, []",
                "2026-1-2 10:00:00, YAML 1.1 would read it as a date, []",
            })
    void whatYaml11ReadsOtherwiseIsAmbiguous(String text, String remark, String instead) {
        assertThat(PlainScalar.kindOf(text)).isEqualTo(Kind.AMBIGUOUS);
        assertThat(PlainScalar.ambiguity(text)).hasValueSatisfying(ambiguity -> {
            assertThat(ambiguity.remark()).isEqualTo(remark);
            assertThat(ambiguity.instead().toString()).isEqualTo(instead);
        });
    }

    @Test
    void longTextTakesNoTime() {
        assertThat(PlainScalar.kindOf("1" + ":10".repeat(300_000))).isEqualTo(Kind.TEXT);
        assertThat(PlainScalar.kindOf("1".repeat(900_000))).isEqualTo(Kind.INTEGER);
    }
}
