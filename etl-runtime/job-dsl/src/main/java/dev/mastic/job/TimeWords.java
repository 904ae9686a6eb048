package dev.mastic.job;

/** Functions of dates and timestamps; part of {@link Dsl}, by which they are imported. */
public abstract class TimeWords extends NumberWords {
    TimeWords() {}

    /** The year. */
    public static Expression year(Expression time) {
        return call(Function.YEAR, time);
    }

    /** The quarter, 1 to 4. */
    public static Expression quarter(Expression time) {
        return call(Function.QUARTER, time);
    }

    /** The month, 1 to 12. */
    public static Expression month(Expression time) {
        return call(Function.MONTH, time);
    }

    /** The day of the month, 1 to 31. */
    public static Expression dayofmonth(Expression time) {
        return call(Function.DAYOFMONTH, time);
    }

    /** The day of the week, 1 for Sunday to 7. */
    public static Expression dayofweek(Expression time) {
        return call(Function.DAYOFWEEK, time);
    }

    /** The day of the year, from 1. */
    public static Expression dayofyear(Expression time) {
        return call(Function.DAYOFYEAR, time);
    }

    /** The week of the year by ISO 8601. */
    public static Expression weekofyear(Expression time) {
        return call(Function.WEEKOFYEAR, time);
    }

    /** The hour of the day, 0 to 23, in UTC. */
    public static Expression hour(Expression time) {
        return call(Function.HOUR, time);
    }

    /** The minute, 0 to 59. */
    public static Expression minute(Expression time) {
        return call(Function.MINUTE, time);
    }

    /** The second, 0 to 59. */
    public static Expression second(Expression time) {
        return call(Function.SECOND, time);
    }

    /** A text as a timestamp, by a pattern of java.time or ISO 8601; in UTC unless the text says otherwise. */
    public static Expression to_timestamp(Expression text) {
        return call(Function.TO_TIMESTAMP, text);
    }

    /** A text as a timestamp, by a pattern of java.time or ISO 8601; in UTC unless the text says otherwise. */
    public static Expression to_timestamp(Expression text, String format) {
        return call(Function.TO_TIMESTAMP, text, format);
    }

    /** A text as a date, by a pattern of java.time or ISO 8601. */
    public static Expression to_date(Expression text) {
        return call(Function.TO_DATE, text);
    }

    /** A text as a date, by a pattern of java.time or ISO 8601. */
    public static Expression to_date(Expression text, String format) {
        return call(Function.TO_DATE, text, format);
    }

    /** As {@link #to_timestamp(Expression)}, but null where the text is none. */
    public static Expression try_to_timestamp(Expression text) {
        return call(Function.TRY_TO_TIMESTAMP, text);
    }

    /** As {@link #to_timestamp(Expression)}, but null where the text is none. */
    public static Expression try_to_timestamp(Expression text, String format) {
        return call(Function.TRY_TO_TIMESTAMP, text, format);
    }

    /** As {@link #to_date(Expression)}, but null where the text is none. */
    public static Expression try_to_date(Expression text) {
        return call(Function.TRY_TO_DATE, text);
    }

    /** As {@link #to_date(Expression)}, but null where the text is none. */
    public static Expression try_to_date(Expression text, String format) {
        return call(Function.TRY_TO_DATE, text, format);
    }

    /** A date or timestamp as a text, by a pattern of java.time, in UTC. */
    public static Expression date_format(Expression time, String format) {
        return call(Function.DATE_FORMAT, time, format);
    }

    /** A date some days later. */
    public static Expression date_add(Expression date, Object days) {
        return call(Function.DATE_ADD, date, days);
    }

    /** A date some days earlier. */
    public static Expression date_sub(Expression date, Object days) {
        return call(Function.DATE_SUB, date, days);
    }

    /** The days from a start to an end. */
    public static Expression datediff(Expression end, Object start) {
        return call(Function.DATEDIFF, end, start);
    }

    /** A date some months later. */
    public static Expression add_months(Expression date, Object months) {
        return call(Function.ADD_MONTHS, date, months);
    }

    /** The months from a start to an end, with a fraction of 31 days. */
    public static Expression months_between(Expression end, Object start) {
        return call(Function.MONTHS_BETWEEN, end, start);
    }

    /** The last day of a date's month. */
    public static Expression last_day(Expression date) {
        return call(Function.LAST_DAY, date);
    }

    /** The next MONDAY, TUESDAY and so on after a date. */
    public static Expression next_day(Expression date, String day) {
        return call(Function.NEXT_DAY, date, day);
    }

    /** The first day of a date's YEAR, QUARTER, MONTH or WEEK. */
    public static Expression trunc(Expression date, String unit) {
        return call(Function.TRUNC, date, unit);
    }

    /** A timestamp cut to its YEAR, MONTH, WEEK, DAY, HOUR, MINUTE or SECOND. */
    public static Expression date_trunc(String unit, Expression time) {
        return call(Function.DATE_TRUNC, unit, time);
    }

    /** The date of a year, month and day. */
    public static Expression make_date(Expression year, Object month, Object day) {
        return call(Function.MAKE_DATE, year, month, day);
    }

    /** Seconds since 1970 of a timestamp, or of a text by a pattern. */
    public static Expression unix_timestamp(Expression time) {
        return call(Function.UNIX_TIMESTAMP, time);
    }

    /** Seconds since 1970 of a timestamp, or of a text by a pattern. */
    public static Expression unix_timestamp(Expression time, String format) {
        return call(Function.UNIX_TIMESTAMP, time, format);
    }

    /** Seconds since 1970 as a text in UTC, by a pattern. */
    public static Expression from_unixtime(Expression seconds) {
        return call(Function.FROM_UNIXTIME, seconds);
    }

    /** Seconds since 1970 as a text in UTC, by a pattern. */
    public static Expression from_unixtime(Expression seconds, String format) {
        return call(Function.FROM_UNIXTIME, seconds, format);
    }

    /** The timestamp of seconds since 1970. */
    public static Expression timestamp_seconds(Expression seconds) {
        return call(Function.TIMESTAMP_SECONDS, seconds);
    }

    /** The timestamp of milliseconds since 1970. */
    public static Expression timestamp_millis(Expression milliseconds) {
        return call(Function.TIMESTAMP_MILLIS, milliseconds);
    }

    /** Milliseconds since 1970. */
    public static Expression unix_millis(Expression time) {
        return call(Function.UNIX_MILLIS, time);
    }

    /** What a clock in a zone, {@code Europe/Berlin} for instance, shows at a time in UTC. */
    public static Expression from_utc_timestamp(Expression time, String zone) {
        return call(Function.FROM_UTC_TIMESTAMP, time, zone);
    }

    /** The time in UTC when a clock in a zone shows this. */
    public static Expression to_utc_timestamp(Expression time, String zone) {
        return call(Function.TO_UTC_TIMESTAMP, time, zone);
    }

    /** The day on which the run reads this, in UTC. */
    public static Expression current_date() {
        return call(Function.CURRENT_DATE);
    }

    /** When the run reads this. */
    public static Expression current_timestamp() {
        return call(Function.CURRENT_TIMESTAMP);
    }
}
