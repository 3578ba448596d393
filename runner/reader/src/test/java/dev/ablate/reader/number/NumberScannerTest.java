package dev.ablate.reader.number;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers are read to the bit as {@link Double#parseDouble} reads them, and nothing else is a number. */
final class NumberScannerTest {

    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");

    private static final int COUNT = 200_000;

    private final SplittableRandom random = new SplittableRandom(2021);
    private final NumberScanner scanner = new NumberScanner('.');

    @Test
    void readsDoublesOfAllExponents() {
        for (int i = 0; i < COUNT; i++) {
            double number = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(number)) {
                requireEqual(Double.toString(number));
                requireEqual(new BigDecimal(number)
                        .round(new MathContext(1 + i % 25))
                        .toString());
            }
        }
    }

    @Test
    void readsNumbersOfUsualSize() {
        for (int i = 0; i < COUNT; i++) {
            BigDecimal number = new BigDecimal(random.nextDouble(-1000, 1000));
            requireEqual(number.round(new MathContext(1 + i % 25)).toPlainString());
            requireEqual(Long.toString(random.nextLong() >> (i % 64)));
            requireEqual(
                    BigDecimal.valueOf(random.nextLong() >> (i % 64), i % 30).toPlainString());
        }
    }

    @Test
    void readsAllDigitsAndPowersThatFitIntoALong() {
        for (int i = 0; i < COUNT; i++) {
            String digits = Long.toUnsignedString(random.nextLong() >>> (i % 64));
            requireEqual(digits + "e" + random.nextInt(-370, 330));
        }
    }

    /** Numbers in the middle between two doubles, and their neighbours: an even one, odd ones, with up to 19 digits. */
    @Test
    void roundsHalfToEven() {
        for (int i = 0; i < COUNT; i++) {
            // 54 binary digits, of which a double has 53
            BigInteger half = BigInteger.valueOf(1L << 53 | random.nextLong(1L << 53) | 1);
            int power = i % 28 - 4;
            if (power <= 0) {
                BigInteger five = BigInteger.valueOf(5).pow(-power);
                requireNeighbours(half.multiply(five), power);
                requireNeighbours(half.shiftLeft(i % 8).multiply(five), power);
            } else {
                BigInteger five = BigInteger.valueOf(5).pow(power);
                requireNeighbours(half.divide(five), power);
                requireNeighbours(half.divide(five).or(BigInteger.ONE), power);
            }
        }
    }

    private void requireNeighbours(BigInteger digits, int power) {
        for (int step = -1; step <= 1; step++) {
            requireEqual(digits.add(BigInteger.valueOf(step)) + "e" + power);
        }
    }

    /** The exact middle, with as many digits as it has. */
    @Test
    void roundsHalfToEvenInNumbersOfManyDigits() {
        for (int i = 0; i < 20_000; i++) {
            double number = Math.abs(Double.longBitsToDouble(random.nextLong()));
            if (number < 1e300) {
                BigDecimal middle = new BigDecimal(number)
                        .add(new BigDecimal(Math.nextUp(number)))
                        .divide(BigDecimal.valueOf(2));
                requireEqual(middle.toString());
                requireEqual(middle.add(middle.ulp()).toString());
                requireEqual(middle.subtract(middle.ulp()).toString());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "+0",
                "0e0",
                "-0.0e-5",
                "0e99999999999",
                "0.000000000000000000000000000000",
                "4.9e-324",
                "2.4703282292062327e-324",
                "2.4703282292062328e-324",
                "1e-400",
                "-1e-99999999999",
                "2.2250738585072014e-308",
                "2.2250738585072011e-308",
                "2.225073858507201e-308",
                "1.7976931348623157e308",
                "17976931348623157e292",
                "1.7976931348623158e308",
                "9007199254740993",
                "9007199254740992",
                "9007199254740991",
                "18446744073709551615",
                "18446744073709551616",
                "9999999999999999999",
                "10000000000000000000",
                "12345678",
                "1234567.8",
                "1.2345678",
                "1.23456789",
                "0.0000000000000000001234567890123456789",
                "00000000000000000000000000001",
                "123456789012345678901234567890",
                "1e22",
                "1e23",
                "8.98846567431158e307",
                "1.",
                ".5",
                "+.5e-0",
                "5E+3",
                "0.1e-00000000000000000000000000001",
                "100000000000000000000e-20"
            })
    void readsTheEndsOfTheRange(String written) {
        requireEqual(written);
        requireEqual(written + "\0");
    }

    @ParameterizedTest
    @CsvSource({"1e309", "-1.7976931348623159e308", "1e99999999999", "1000e306", "0.0001e400"})
    void refusesWhatNoDoubleHolds(String written) {
        assertThat(scan(scanner, written)).isEqualTo(-1);
    }

    @Test
    void takesNothingElseForANumber() {
        char[] alphabet = "00123456789..eE+-+-dfxp_ ,\0\u007F".toCharArray();
        int numbers = 0;
        for (int i = 0; i < 5 * COUNT; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = 1 + random.nextInt(9); length > 0; length--) {
                text.append(alphabet[random.nextInt(alphabet.length)]);
            }
            String written = text.toString();
            boolean isNumber = NUMBER.matcher(written).matches() && Double.isFinite(Double.parseDouble(written));
            numbers += isNumber ? 1 : 0;
            assertThat(scan(scanner, written) == written.length()).as(written).isEqualTo(isNumber);
        }
        assertThat(numbers).isGreaterThan(COUNT / 10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"1,5", "-,25", "12345678,12345678e-3", "0,1234567890123456789012345", "1e400"})
    void readsAnotherDecimalPoint(String written) {
        NumberScanner comma = new NumberScanner(',');
        double expected = Double.parseDouble(written.replace(',', '.'));
        if (Double.isInfinite(expected)) {
            assertThat(scan(comma, written)).isEqualTo(-1);
        } else {
            assertThat(scan(comma, written)).isEqualTo(written.length());
            assertThat(comma.value()).isEqualTo(expected);
            assertThat(scan(comma, "1.5")).isEqualTo(1);
        }
    }

    private void requireEqual(String written) {
        String number = written.replace("\0", "");
        double expected = Double.parseDouble(number);
        int behind = scan(scanner, written);
        if (Double.isInfinite(expected)) {
            assertThat(behind).as(number).isEqualTo(-1);
        } else if (behind != number.length()
                || Double.doubleToRawLongBits(scanner.value()) != Double.doubleToRawLongBits(expected)) {
            assertThat(behind).as(number).isEqualTo(number.length());
            assertThat(scanner.value()).as(number).isEqualTo(expected);
        }
    }

    /** The index behind a number, at another place of an array each time. */
    private int scan(NumberScanner with, String written) {
        byte[] text = written.getBytes(StandardCharsets.US_ASCII);
        int from = random.nextInt(9);
        byte[] bytes = new byte[from + text.length + 9];
        Arrays.fill(bytes, (byte) '7');
        System.arraycopy(text, 0, bytes, from, text.length);
        bytes[from + text.length] = '\n';
        int behind = with.scan(bytes, from);
        return behind < 0 ? behind : behind - from;
    }
}
