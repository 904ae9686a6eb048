package dev.mastic.crawler.dynamodb;

import dev.mastic.crawler.infer.ColumnType;
import dev.mastic.crawler.infer.ColumnType.Decimal;
import dev.mastic.crawler.infer.ColumnType.Plain;

import java.math.BigDecimal;

/**
 * What the numbers of an attribute look like. Whole numbers of 64 bits are bigint; numbers with a fraction are double as
 * long as a double holds their digits, and decimal beyond. Not thread-safe.
 */
final class NumberEvidence {
    private static final int DIGITS_OF_DOUBLE = 15;
    private static final int BITS_OF_BIGINT = 63;

    private boolean fraction;
    private boolean big;
    private boolean precise;
    private int whole;
    private int scale;

    /** @param number as DynamoDB writes it, of 38 digits at most */
    void add(String number) {
        BigDecimal value = new BigDecimal(number).stripTrailingZeros();
        if (value.signum() == 0) {
            whole = Math.max(whole, 1);
            return;
        }
        precise |= value.precision() > DIGITS_OF_DOUBLE;
        fraction |= value.scale() > 0;
        whole = Math.max(whole, Math.max(1, value.precision() - value.scale()));
        scale = Math.max(scale, value.scale());
        // Asked for last: a number like 1E+125 would become one of 126 digits.
        big |= value.scale() <= 0
                && (value.precision() - value.scale() > Decimal.MOST_DIGITS
                        || value.toBigInteger().bitLength() > BITS_OF_BIGINT);
    }

    void add(NumberEvidence other) {
        fraction |= other.fraction;
        big |= other.big;
        precise |= other.precise;
        whole = Math.max(whole, other.whole);
        scale = Math.max(scale, other.scale);
    }

    ColumnType type() {
        if (!fraction && !big) {
            return Plain.BIGINT;
        } else if (fraction && !precise && !big) {
            return Plain.DOUBLE;
        }
        return whole + scale <= Decimal.MOST_DIGITS ? new Decimal(Decimal.MOST_DIGITS, scale) : Plain.DOUBLE;
    }
}
