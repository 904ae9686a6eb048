package dev.mastic.job;

import java.util.Locale;

/** The functions of {@link Expression.Call}, each known to SQL by its name. */
public enum Function {
    CONCAT,
    LOWER,
    UPPER,
    TRIM,
    LENGTH,
    SUBSTRING,
    YEAR,
    MONTH,
    DAYOFMONTH,
    HOUR,
    TO_TIMESTAMP,
    TO_DATE,
    COALESCE,
    ABS,
    ROUND;

    /** The function's name in SQL. */
    public String sqlName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
