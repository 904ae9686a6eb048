package dev.mastic.spark.plan;

import dev.mastic.job.Dsl;
import dev.mastic.job.Expression;
import dev.mastic.job.Function;
import dev.mastic.spark.TestSession;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static dev.mastic.job.Dsl.*;
import static org.assertj.core.api.Assertions.assertThat;

/** Each function of the DSL on Spark: what it gives for some constants. */
class FunctionsIT {
    private final Map<Expression, String> cases = new LinkedHashMap<>();

    private void gives(String expected, Expression expression) {
        cases.put(expression, expected);
    }

    private static Expression t(String text) {
        return Dsl.lit(text);
    }

    private void texts() {
        gives("ab1", concat("a", "b", 1));
        gives("a-b", concat_ws("-", "a", nothing(), "b"));
        gives("ab", lower(t("AB")));
        gives("AB", upper(t("ab")));
        gives("Ab Cd", initcap(t("ab cd")));
        gives("a", trim(t(" a ")));
        gives("a ", ltrim(t(" a ")));
        gives(" a", rtrim(t(" a ")));
        gives("3", length(t("ßab")));
        gives("bc", substring(t("abcd"), 2, 2));
        gives("a.b", substring_index(t("a.b.c"), ".", 2));
        gives("ab", left(t("abc"), 2));
        gives("bc", right(t("abc"), 2));
        gives("007", lpad(t("7"), 3, "0"));
        gives("7xx", rpad(t("7"), 3, "x"));
        gives("abab", repeat(t("ab"), 2));
        gives("cba", reverse(t("abc")));
        gives("xbxb", replace(t("abab"), "a", "x"));
        gives("12c", translate(t("abc"), "ab", "12"));
        gives("2", instr(t("abc"), "b"));
        gives("true", contains(t("abc"), "b"));
        gives("true", startswith(t("abc"), "ab"));
        gives("false", endswith(t("abc"), "ab"));
        gives("[a, b]", split(t("a,b"), ","));
        gives("b", split_part(t("a-b"), "-", 2));
        gives("97", ascii(t("a")));
        gives("3", levenshtein(t("kitten"), "sitting"));
        gives("M460", soundex(t("Miller")));
        gives("7 of x", format_string("%d of %s", 7, "x"));
        gives("1,234.50", format_number(lit(1234.5), 2));
        gives("YQ==", base64(encode(t("a"), "UTF-8")));
        gives("a", decode(unbase64(t("YQ==")), "UTF-8"));
        gives("FF", hex(lit(255)));
        gives("a", decode(unhex(t("61")), "UTF-8"));
        gives("true", regexp_like(t("a1"), "[0-9]"));
        gives("12", regexp_extract(t("a12b"), "([0-9]+)", 1));
        gives("[1, 2]", regexp_extract_all(t("1a2"), "([0-9])", 1));
        gives("a#b#", regexp_replace(t("a1b2"), "[0-9]", "#"));
        gives("2", regexp_count(t("a1b2"), "[0-9]"));
        gives("x.org", parse_url(t("https://x.org/p?q=1"), "HOST"));
        gives("a b", url_decode(t("a%20b")));
        gives("a%26b", url_encode(t("a&b")));
    }

    private void numbers() {
        gives("2", abs(lit(-2)));
        gives("2.0", round(lit(1.5)));
        gives("1.25", round(lit(1.249), 2));
        gives("2.0", bround(lit(2.5), 0));
        gives("2", ceil(lit(1.2)));
        gives("1", floor(lit(1.8)));
        gives("3.0", sqrt(lit(9)));
        gives("2.0", cbrt(lit(8)));
        gives("8.0", pow(lit(2), 3));
        gives("1.0", exp(lit(0)));
        gives("0.0", ln(lit(1)));
        gives("2.0", log10(lit(100)));
        gives("3.0", log2(lit(8)));
        gives("-1.0", sign(lit(-7)));
        gives("2", pmod(lit(-1), 3));
        gives(null, try_divide(lit(1), 0));
        gives(null, try_add(lit(Integer.MAX_VALUE), 1));
        gives("6", try_multiply(lit(2), 3));
        gives("3", greatest(1, 3, nothing()));
        gives("1", least(1, 3));
        gives("true", isnan(lit(Double.NaN)));
        gives("0.0", nanvl(lit(Double.NaN), 0.0));
        gives("255", conv(t("ff"), 16, 10));
        gives("1234.5", try_to_number(t("1,234.5"), "9,999.9"));
        gives("b", coalesce(nothing(), "b"));
        gives(null, nullif(lit(1), 1));
        gives("int", typeof(lit(1)));
    }

    private void times() {
        Expression at = timestamp("2026-02-03T04:05:06.789Z");
        gives("2026", year(at));
        gives("1", quarter(at));
        gives("2", month(at));
        gives("3", dayofmonth(at));
        gives("3", dayofweek(at));
        gives("34", dayofyear(at));
        gives("6", weekofyear(at));
        gives("4", hour(at));
        gives("5", minute(at));
        gives("6", second(at));
        gives("2026-02-03 04:05:06", to_timestamp(t("2026-02-03 04:05:06")));
        gives("2026-02-03 00:00:00", to_timestamp(t("03.02.2026"), "dd.MM.yyyy"));
        gives("2026-02-03", to_date(t("2026-02-03")));
        gives(null, try_to_timestamp(t("soon"), "yyyy"));
        gives(null, try_to_date(t("soon")));
        gives("03/02/26", date_format(at, "dd/MM/yy"));
        gives("2026-02-10", date_add(date("2026-02-03"), 7));
        gives("2026-01-31", date_sub(date("2026-02-03"), 3));
        gives("2", datediff(date("2026-02-03"), date("2026-02-01")));
        gives("2026-03-03", add_months(date("2026-02-03"), 1));
        gives("1.0", months_between(date("2026-03-03"), date("2026-02-03")));
        gives("2026-02-28", last_day(date("2026-02-03")));
        gives("2026-02-09", next_day(date("2026-02-03"), "MONDAY"));
        gives("2026-02-01", trunc(date("2026-02-03"), "MONTH"));
        gives("2026-02-03 04:00:00", date_trunc("HOUR", at));
        gives("2026-02-03", make_date(lit(2026), 2, 3));
        gives("1770091506", unix_timestamp(at));
        gives("1970-01-01 00:01:00", from_unixtime(lit(60L)));
        gives("1970-01-01 00:01:00", timestamp_seconds(lit(60)));
        gives("1970-01-01 00:00:01", timestamp_millis(lit(1000L)));
        gives("1770091506789", unix_millis(at));
        gives("2026-02-03 05:05:06.789", from_utc_timestamp(at, "Europe/Berlin"));
        gives("2026-02-03 03:05:06.789", to_utc_timestamp(at, "Europe/Berlin"));
        gives("true", current_date().ge(date("2020-01-01")));
        gives("true", current_timestamp().ge(timestamp("2020-01-01T00:00:00Z")));
    }

    private void nested() {
        Expression numbers = array(3, 1, 1);
        Expression map = map("a", 1);
        gives("3", size(numbers));
        gives("true", array_contains(numbers, 3));
        gives("[3, 1]", array_distinct(numbers));
        gives("a/b", array_join(array("a", "b"), "/"));
        gives("3", array_max(numbers));
        gives("1", array_min(numbers));
        gives("[1, 1, 3]", sort_array(numbers));
        gives("3", element_at(numbers, 1));
        gives(null, try_element_at(numbers, 9));
        gives("2", array_position(numbers, 1));
        gives("[3]", array_remove(numbers, 1));
        gives("[3, 1, 1, 4]", array_append(numbers, 4));
        gives("[3, 1, 2]", array_union(numbers, array(2)));
        gives("[3]", array_intersect(numbers, array(3)));
        gives("[1]", array_except(numbers, array(3)));
        gives("true", arrays_overlap(numbers, array(3)));
        gives("[1]", array_compact(array(1, nothing())));
        gives("[x, x]", array_repeat(t("x"), 2));
        gives("[1, 2]", flatten(array(array(1), array(2))));
        gives("[1, 1]", slice(numbers, 2, 2));
        gives("[1, 2, 3]", sequence(lit(1), 3));
        gives("[a]", map_keys(map));
        gives("[1]", map_values(map));
        gives("[{a, 1}]", map_entries(map));
        gives("{a -> 1}", map_from_arrays(array("a"), array(1)));
        gives("{a -> 1}", map_from_entries(map_entries(map)));
        gives("{a -> 1, b -> 2}", map_concat(map, map("b", 2)));
        gives("true", map_contains_key(map, "a"));
        gives("{a -> 1, b -> 2}", str_to_map(t("a=1;b=2"), ";", "="));
        gives("{1, x}", named_struct("a", 1, "b", "x"));
        gives("1", named_struct("a", 1).member("a"));
        gives("{\"a\":1}", to_json(map));
        gives("{1, [x]}", from_json(t("{\"id\":1,\"tags\":[\"x\"]}"), "struct<id:int,tags:array<string>>"));
        gives("2", get_json_object(t("{\"a\":[1,2]}"), "$.a[1]"));
        gives("2", json_array_length(t("[1,2]")));
        gives("[a]", json_object_keys(t("{\"a\":1}")));
        gives("0cc175b9c0f1b6a831c399e269772661", md5(t("a")));
        gives("86f7e437faa5a7fce15d1ddcb9eaeaea377667b8", sha1(t("a")));
        gives("ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb", sha2(t("a"), 256));
        gives("3904355907", crc32(t("a")));
        gives("true", xxhash64("a").eq(xxhash64("a")));
        gives("true", hash("a", 1).notEq(hash("a", 2)));
        gives(null, t("x").tryCast("int"));
        gives("true", nothing().eqNullSafe(nothing()));
        gives("true", lit(2).between(1, 3));
    }

    @Test
    void eachFunctionGivesWhatItsNameSays() {
        texts();
        numbers();
        times();
        nested();
        Columns columns = new Columns(new ColumnNames("test", "none", new StructType()));
        List<Column> selected = new ArrayList<>();
        cases.keySet().forEach(expression -> selected.add(columns.of(expression).cast("string")));
        Row row = TestSession.SPARK
                .range(1)
                .select(selected.toArray(Column[]::new))
                .head();
        List<String> found = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        cases.forEach((expression, value) -> {
            found.add(expression.describe() + " = " + row.get(found.size()));
            expected.add(expression.describe() + " = " + value);
        });
        assertThat(found).isEqualTo(expected);
        Set<Function> untested = EnumSet.allOf(Function.class);
        cases.keySet()
                .forEach(expression ->
                        untested.removeIf(function -> expression.describe().contains(function.sqlName() + "(")));
        assertThat(untested).as("functions without a case").isEmpty();
    }
}
