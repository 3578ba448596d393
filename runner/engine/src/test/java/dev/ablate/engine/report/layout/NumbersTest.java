package dev.ablate.engine.report.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Isolated("it sets the locale of all")
class NumbersTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "0.5, 0.5",
        "0.04112867409, 0.04113",
        "7.009224253586823, 7.009",
        "-3.149051345912768, -3.149",
        "0.99998097439, 1.000",
        "7.009532806469602, 7.010",
        "0.30000000000000004, 0.3",
        "46636.4714, 46636",
        "123456.7, 123457",
        "9994999.4, 9994999",
        "2174960482.3, 2.175e9",
        "0.000012345, 0.00001234",
        "0.0000012345, 1.234e-6",
        "1e-6, 1e-6",
        "1e300, 1e300",
        "-2e-9, -2e-9",
        "NaN, -",
        "Infinity, Infinity"
    })
    void roundsToFourDigits(double value, String text) {
        assertThat(Numbers.rounded(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, -0",
        "0.1, 0.1",
        "10000, 10000",
        "1e-6, 1e-6",
        "2e23, 2e23",
        "1e15, 1e15",
        "123456789012345, 123456789012345",
        "0.30000000000000004, 0.30000000000000004",
        "4.9e-324, 5e-324",
        "1.7976931348623157e308, 1.7976931348623157e308"
    })
    void writesTheShortestTextThatReadsBack(double value, String text) {
        assertThat(Numbers.exact(value)).isEqualTo(text);
        assertThat(Double.parseDouble(text)).isEqualTo(value);
    }

    static LongStream bits() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        return LongStream.generate(random::nextLong)
                .filter(bits -> Double.isFinite(Double.longBitsToDouble(bits)))
                .limit(2_000);
    }

    @Test
    void readsBackToTheSameDouble() {
        assertThat(bits().mapToObj(Double::longBitsToDouble))
                .allSatisfy(value ->
                        assertThat(Double.parseDouble(Numbers.exact(value))).isEqualTo(value));
    }

    @ParameterizedTest
    @CsvSource({"0.06321, 0.06323, 4", "0.0625, 0.000636, 3", "0.5, 0.5, 3", "1, 1.0000000001, 11"})
    void showsAsManyDigitsAsDistinguishTwoNumbers(double a, double b, int digits) {
        assertThat(Numbers.digitsToDistinguish(a, b)).isEqualTo(digits);
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "tr", "ar-EG-u-nu-arab", "hi-IN-u-nu-deva"})
    void writesTheSameInEveryLocale(String tag) {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(tag));
            assertThat(Numbers.rounded(1234.5)).isEqualTo("1234");
            assertThat(Numbers.exact(0.25)).isEqualTo("0.25");
            assertThat(Numbers.count(1234567)).isEqualTo("1,234,567");
            assertThat(Printable.line("\u001b")).isEqualTo("\\u001b");
        } finally {
            Locale.setDefault(before);
        }
    }
}
