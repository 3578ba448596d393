package dev.ablate.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CanonicalTextTest {

    @ParameterizedTest
    @CsvSource({
        "0.05, 0.05",
        "5e-2, 0.05",
        "1, 1.0",
        "-1, -1.0",
        "0, 0.0",
        "-0.0, -0.0",
        "0.001, 0.001",
        "0.00099, 9.9E-4",
        "1e-6, 1.0E-6",
        "9999999, 9999999.0",
        "1e7, 1.0E7",
        "12345678, 1.2345678E7",
        "1e23, 1.0E23",
        "2e23, 2.0E23",
        "4.9e-324, 5.0E-324",
        "1.7976931348623157e308, 1.7976931348623157E308",
        "0.1, 0.1",
        "0.30000000000000004, 0.30000000000000004",
    })
    void writesANumberInOneWay(double number, String text) {
        assertThat(CanonicalText.number(number)).isEqualTo(text);
    }

    static DoubleStream numbers() {
        Random random = new Random(20261122);
        return DoubleStream.concat(
                random.doubles(300, -10, 10),
                DoubleStream.generate(() -> Double.longBitsToDouble(random.nextLong()))
                        .filter(Double::isFinite)
                        .limit(300));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void writesANumberThatReadsBackToTheBitAndIsNoLongerThanJavasOwn(double number) {
        String text = CanonicalText.number(number);
        assertThat(Double.parseDouble(text)).isEqualTo(number);
        assertThat(text.length()).isLessThanOrEqualTo(Double.toString(number).length());
    }

    @Test
    void writesTextsAsAList() {
        assertThat(CanonicalText.texts(List.of("x1", "two words", "yes", "a, b", "12")))
                .isEqualTo("[x1, two words, \"yes\", \"a, b\", \"12\"]");
        assertThat(Stream.of("plain", "on").map(CanonicalText::text)).containsExactly("plain", "\"on\"");
    }
}
