package dev.mastic.job;

/** Functions of numbers, and of values that may be null; part of {@link Dsl}, by which they are imported. */
public abstract class NumberWords extends TextWords {
    NumberWords() {}

    /** A number without its sign. */
    public static Expression abs(Expression number) {
        return call(Function.ABS, number);
    }

    /** A number rounded half up. */
    public static Expression round(Expression number) {
        return call(Function.ROUND, number);
    }

    /** A number rounded half up. */
    public static Expression round(Expression number, int decimals) {
        return call(Function.ROUND, number, decimals);
    }

    /** A number rounded half to even. */
    public static Expression bround(Expression number) {
        return call(Function.BROUND, number);
    }

    /** A number rounded half to even. */
    public static Expression bround(Expression number, int decimals) {
        return call(Function.BROUND, number, decimals);
    }

    /** The next whole number above. */
    public static Expression ceil(Expression number) {
        return call(Function.CEIL, number);
    }

    /** The next whole number below. */
    public static Expression floor(Expression number) {
        return call(Function.FLOOR, number);
    }

    /** The square root. */
    public static Expression sqrt(Expression number) {
        return call(Function.SQRT, number);
    }

    /** The cubic root. */
    public static Expression cbrt(Expression number) {
        return call(Function.CBRT, number);
    }

    /** A number to the power of another. */
    public static Expression pow(Expression base, Object exponent) {
        return call(Function.POW, base, exponent);
    }

    /** E to the power of a number. */
    public static Expression exp(Expression number) {
        return call(Function.EXP, number);
    }

    /** The natural logarithm. */
    public static Expression ln(Expression number) {
        return call(Function.LN, number);
    }

    /** The logarithm to base 10. */
    public static Expression log10(Expression number) {
        return call(Function.LOG10, number);
    }

    /** The logarithm to base 2. */
    public static Expression log2(Expression number) {
        return call(Function.LOG2, number);
    }

    /** -1, 0 or 1 by a number's sign. */
    public static Expression sign(Expression number) {
        return call(Function.SIGN, number);
    }

    /** The remainder of a division, never negative. */
    public static Expression pmod(Expression number, Object divisor) {
        return call(Function.PMOD, number, divisor);
    }

    /** A division that gives null where the divisor is zero. */
    public static Expression try_divide(Expression dividend, Object divisor) {
        return call(Function.TRY_DIVIDE, dividend, divisor);
    }

    /** A sum that gives null where it overflows. */
    public static Expression try_add(Expression number, Object other) {
        return call(Function.TRY_ADD, number, other);
    }

    /** A product that gives null where it overflows. */
    public static Expression try_multiply(Expression number, Object other) {
        return call(Function.TRY_MULTIPLY, number, other);
    }

    /** The greatest value that is not null. */
    public static Expression greatest(Object... values) {
        return call(Function.GREATEST, values);
    }

    /** The least value that is not null. */
    public static Expression least(Object... values) {
        return call(Function.LEAST, values);
    }

    /** Whether a number is NaN. */
    public static Expression isnan(Expression number) {
        return call(Function.ISNAN, number);
    }

    /** Another number where the first is NaN. */
    public static Expression nanvl(Expression number, Object other) {
        return call(Function.NANVL, number, other);
    }

    /** Digits of one base as digits of another, 16 to 10 for instance. */
    public static Expression conv(Expression text, int from, int to) {
        return call(Function.CONV, text, from, to);
    }

    /** A text as a decimal by a pattern like {@code 999,999.99}; null where it does not fit. */
    public static Expression try_to_number(Expression text, String format) {
        return call(Function.TRY_TO_NUMBER, text, format);
    }

    /** The first value that is not null. */
    public static Expression coalesce(Object... values) {
        return call(Function.COALESCE, values);
    }

    /** Null where both values are equal, else the first. */
    public static Expression nullif(Expression value, Object other) {
        return call(Function.NULLIF, value, other);
    }

    /** The name of a value's type. */
    public static Expression typeof(Expression value) {
        return call(Function.TYPEOF, value);
    }
}
