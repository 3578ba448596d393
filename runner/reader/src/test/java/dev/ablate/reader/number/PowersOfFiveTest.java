package dev.ablate.reader.number;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

final class PowersOfFiveTest {

    private static final BigInteger FIVE = BigInteger.valueOf(5);

    @Test
    void hasTheFirstDigitsOfPositivePowers() {
        for (int exponent = 0; exponent <= PowersOfFive.MOST; exponent++) {
            BigInteger power = FIVE.pow(exponent);
            int shift = 128 - power.bitLength();
            BigInteger expected = shift >= 0 ? power.shiftLeft(shift) : power.shiftRight(-shift);
            assertThat(digits(exponent)).as("5^%s", exponent).isEqualTo(expected);
        }
    }

    /** As the script beside Lemire's paper computes them. */
    @Test
    void hasTheFirstDigitsOfNegativePowers() {
        for (int exponent = -1; exponent >= PowersOfFive.LEAST; exponent--) {
            BigInteger power = FIVE.pow(-exponent);
            int z = power.bitLength();
            int bits = exponent >= -27 ? z + 127 : 2 * z + 128;
            BigInteger expected = BigInteger.ONE.shiftLeft(bits).divide(power).add(BigInteger.ONE);
            while (expected.bitLength() > 128) {
                expected = expected.shiftRight(1);
            }
            assertThat(digits(exponent)).as("5^%s", exponent).isEqualTo(expected);
        }
    }

    private static BigInteger digits(int exponent) {
        return unsigned(PowersOfFive.high(exponent)).shiftLeft(64).or(unsigned(PowersOfFive.low(exponent)));
    }

    private static BigInteger unsigned(long digits) {
        return new BigInteger(Long.toUnsignedString(digits));
    }
}
