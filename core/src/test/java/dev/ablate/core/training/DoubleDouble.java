package dev.ablate.core.training;

import java.math.BigDecimal;

/**
 * A number as the sum of two, of some 31 digits: exact enough to judge the last digit of a {@code double}, and fast enough for millions.
 *
 * <p>Hida, Li and Bailey, "Algorithms for quad-double precision floating point arithmetic" (2001), doi:10.1109/ARITH.2001.930115.
 *
 * @param high the nearest {@code double}
 * @param low what is missing
 */
record DoubleDouble(double high, double low) {

    private static final DoubleDouble ONE = of(1);

    /** {@code ln 2}; what is missing in it is below {@code 1e-49}. */
    private static final double[] LN2 = {0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56, 0x1.7b57a079a1934p-111};

    /** {@code 1 / k!}, of which {@code ln 2 / 2} to the {@code k} leaves less than {@code 1e-33} at the end. */
    private static final DoubleDouble[] INVERSE_FACTORIALS = inverseFactorials(27);

    static DoubleDouble of(double number) {
        return new DoubleDouble(number, 0);
    }

    DoubleDouble plus(DoubleDouble that) {
        DoubleDouble high = sum(this.high, that.high);
        DoubleDouble low = sum(this.low, that.low);
        DoubleDouble first = quickSum(high.high, high.low + low.high);
        return quickSum(first.high, first.low + low.low);
    }

    DoubleDouble times(DoubleDouble that) {
        DoubleDouble product = product(high, that.high);
        return quickSum(product.high, product.low + (high * that.low + low * that.high));
    }

    DoubleDouble dividedBy(DoubleDouble that) {
        double first = high / that.high;
        DoubleDouble rest = plus(that.times(of(-first)));
        double second = rest.high / that.high;
        rest = rest.plus(that.times(of(-second)));
        return sum(first, second).plus(of(rest.high / that.high));
    }

    /** Times {@code 2^n}. */
    DoubleDouble scaled(int n) {
        return new DoubleDouble(Math.scalb(high, n), Math.scalb(low, n));
    }

    /** How many units in the last place of the nearest double a number is away; of numbers that are not subnormal. */
    double ulpsTo(double number) {
        return Math.abs(number - high - low) / Math.ulp(high);
    }

    BigDecimal exactly() {
        return new BigDecimal(high).add(new BigDecimal(low));
    }

    /** {@code n} of {@code e^x = 2^n * e^r}. */
    static int powerOf2(double x) {
        return (int) Math.rint(x / LN2[0]);
    }

    /** {@code e^r - 1} of {@code r = x - n ln 2}. */
    static DoubleDouble restLessOne(double x) {
        int n = powerOf2(x);
        DoubleDouble r =
                of(x).plus(product(-n, LN2[0])).plus(product(-n, LN2[1])).plus(product(-n, LN2[2]));
        DoubleDouble sum = of(0);
        for (int k = INVERSE_FACTORIALS.length - 1; k >= 1; k--) {
            sum = sum.plus(INVERSE_FACTORIALS[k]).times(r);
        }
        return sum;
    }

    /** {@code e^x}, of which high and low must have room to be scaled. */
    static DoubleDouble exp(double x) {
        return ONE.plus(restLessOne(x)).scaled(powerOf2(x));
    }

    static DoubleDouble sigmoid(double z) {
        return ONE.dividedBy(ONE.plus(exp(-z)));
    }

    /** {@code (e^2z - 1) / (e^2z + 1)}, without a loss of digits near 0. */
    static DoubleDouble tanh(double z) {
        int n = powerOf2(2 * z);
        DoubleDouble lessOne = restLessOne(2 * z).scaled(n).plus(of(Math.scalb(1.0, n) - 1));
        return lessOne.dividedBy(lessOne.plus(of(2)));
    }

    private static DoubleDouble[] inverseFactorials(int most) {
        DoubleDouble[] inverse = new DoubleDouble[most + 1];
        inverse[0] = ONE;
        for (int k = 1; k <= most; k++) {
            inverse[k] = inverse[k - 1].dividedBy(of(k));
        }
        return inverse;
    }

    private static DoubleDouble sum(double a, double b) {
        double sum = a + b;
        double part = sum - a;
        return new DoubleDouble(sum, (a - (sum - part)) + (b - part));
    }

    /** Of a first number that is not the smaller one. */
    private static DoubleDouble quickSum(double a, double b) {
        double sum = a + b;
        return new DoubleDouble(sum, b - (sum - a));
    }

    private static DoubleDouble product(double a, double b) {
        double product = a * b;
        return new DoubleDouble(product, Math.fma(a, b, -product));
    }
}
