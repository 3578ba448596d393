package dev.ablate.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
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

    /** One digit more after the other, until they are enough. */
    private static BigDecimal shortest(double number) {
        BigDecimal exact = new BigDecimal(number);
        int digits = 1;
        while (exact.round(new MathContext(digits)).doubleValue() != number) {
            digits++;
        }
        return exact.round(new MathContext(digits));
    }

    @Test
    void writesTheFewestDigitsThatAreEnough() {
        SplittableRandom random = new SplittableRandom(5);
        List<Double> numbers = new ArrayList<>();
        for (int k = 0; k < 20_000; k++) {
            numbers.add(Double.longBitsToDouble(random.nextLong()));
            numbers.add(random.nextInt(1_000_000) / 1000.0);
            numbers.add(random.nextDouble());
        }
        for (int exponent = Double.MIN_EXPONENT; exponent <= Double.MAX_EXPONENT; exponent++) {
            double power = Math.scalb(1.0, exponent);
            numbers.addAll(List.of(power, Math.nextUp(power), Math.nextDown(power)));
        }
        for (long bits = 1; bits <= 1L << 52; bits <<= 1) {
            numbers.addAll(List.of(Double.longBitsToDouble(bits), Double.longBitsToDouble(bits + 1)));
        }
        // what Java 17 itself writes with more digits than are needed
        numbers.addAll(List.of(2.0E-3, 2.2250738585072014E-308, Double.parseDouble("1.0E23"), 4 * Double.MIN_VALUE));
        for (double number : numbers) {
            if (Double.isFinite(number)) {
                assertThat(new BigDecimal(CanonicalText.number(number))).isEqualByComparingTo(shortest(number));
            }
        }
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
