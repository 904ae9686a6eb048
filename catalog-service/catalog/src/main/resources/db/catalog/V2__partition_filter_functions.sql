-- Values of partitions as typed values, for the filters of GetPartitions. A value that is not of the type is null: these
-- never raise. They are not STRICT on purpose: only so PostgreSQL can inline them (null gives null all the same).
-- CASE, not AND, guards each cast: only CASE promises the order.

CREATE FUNCTION catalog.try_bigint(value text) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE
        WHEN value ~ '^[+-]?[0-9]{1,18}$' THEN CAST(value AS bigint)
        WHEN value ~ '^[+-]?0*[0-9]{1,19}$' AND length(value) <= 1000 THEN
            CASE
                WHEN CAST(value AS numeric) BETWEEN -9223372036854775808 AND 9223372036854775807
                THEN CAST(CAST(value AS numeric) AS bigint)
            END
    END;

-- At most three digits of exponent, so that no number is too large for numeric.
CREATE FUNCTION catalog.try_decimal(value text) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE
        WHEN value ~ '^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]{1,3})?$' AND length(value) <= 1000
        THEN CAST(value AS numeric)
    END;

-- yyyy-MM-dd. make_date is immutable where a cast to date is not, but raises for a day that its month does not have.
CREATE FUNCTION catalog.try_date(value text) RETURNS date
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE
        WHEN value ~ '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$' AND left(value, 4) <> '0000'
            OR value ~ '^[0-9]{4}-((0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)$' AND left(value, 4) <> '0000'
            OR value ~ '^([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][48]|[13579][26]|[2468]0)00)-02-29$'
        THEN make_date(
            CAST(left(value, 4) AS integer),
            CAST(substr(value, 6, 2) AS integer),
            CAST(substr(value, 9, 2) AS integer))
    END;

-- yyyy-MM-dd[ HH:mm:ss[.fffffffff]] as text of one length, which sorts (COLLATE "C") by time: PostgreSQL's timestamp
-- would lose the nanoseconds.
CREATE FUNCTION catalog.try_timestamp(value text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE
        WHEN catalog.try_date(left(value, 10)) IS NULL THEN NULL
        WHEN length(value) = 10 THEN value || ' 00:00:00.000000000'
        WHEN substr(value, 11) ~ '^[ T]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,9})?$'
        THEN left(value, 10) || ' ' || substr(value, 12, 8) || '.' || rpad(substr(value, 21), 9, '0')
    END;
