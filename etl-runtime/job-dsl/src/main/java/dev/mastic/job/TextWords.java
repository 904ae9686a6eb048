package dev.mastic.job;

/** Functions of texts; part of {@link Dsl}, by which they are imported. */
public abstract class TextWords extends WordCalls {
    TextWords() {}

    /** Texts put together; null when one of them is. */
    public static Expression concat(Object... parts) {
        return call(Function.CONCAT, parts);
    }

    /** Texts put together with a separator; nulls are left out. */
    public static Expression concat_ws(String separator, Object... parts) {
        return call(Function.CONCAT_WS, prepended(separator, parts));
    }

    /** A text in small letters. */
    public static Expression lower(Expression text) {
        return call(Function.LOWER, text);
    }

    /** A text in capital letters. */
    public static Expression upper(Expression text) {
        return call(Function.UPPER, text);
    }

    /** Each word with a capital letter. */
    public static Expression initcap(Expression text) {
        return call(Function.INITCAP, text);
    }

    /** A text without blanks at its ends. */
    public static Expression trim(Expression text) {
        return call(Function.TRIM, text);
    }

    /** A text without blanks at its beginning. */
    public static Expression ltrim(Expression text) {
        return call(Function.LTRIM, text);
    }

    /** A text without blanks at its end. */
    public static Expression rtrim(Expression text) {
        return call(Function.RTRIM, text);
    }

    /** The number of characters. */
    public static Expression length(Expression text) {
        return call(Function.LENGTH, text);
    }

    /** Part of a text. {@code position} counts from 1, from the end when negative. */
    public static Expression substring(Expression text, int position, int length) {
        return call(Function.SUBSTRING, text, position, length);
    }

    /** What stands before the n-th delimiter; counted from the end when negative. */
    public static Expression substring_index(Expression text, String delimiter, int count) {
        return call(Function.SUBSTRING_INDEX, text, delimiter, count);
    }

    /** The first characters. */
    public static Expression left(Expression text, int length) {
        return call(Function.LEFT, text, length);
    }

    /** The last characters. */
    public static Expression right(Expression text, int length) {
        return call(Function.RIGHT, text, length);
    }

    /** A text filled up at its beginning, or cut, to a length. */
    public static Expression lpad(Expression text, int length, String padding) {
        return call(Function.LPAD, text, length, padding);
    }

    /** A text filled up at its end, or cut, to a length. */
    public static Expression rpad(Expression text, int length, String padding) {
        return call(Function.RPAD, text, length, padding);
    }

    /** A text several times. */
    public static Expression repeat(Expression text, int times) {
        return call(Function.REPEAT, text, times);
    }

    /** A text or an array backwards. */
    public static Expression reverse(Expression value) {
        return call(Function.REVERSE, value);
    }

    /** A text with all occurrences of another replaced. */
    public static Expression replace(Expression text, Object from, Object to) {
        return call(Function.REPLACE, text, from, to);
    }

    /** Each character of {@code from} replaced by the one at its place in {@code to}. */
    public static Expression translate(Expression text, String from, String to) {
        return call(Function.TRANSLATE, text, from, to);
    }

    /** Where a part begins, from 1; 0 when it is not there. */
    public static Expression instr(Expression text, Object part) {
        return call(Function.INSTR, text, part);
    }

    /** Whether a text has a part. */
    public static Expression contains(Expression text, Object part) {
        return call(Function.CONTAINS, text, part);
    }

    /** Whether a text begins with another. */
    public static Expression startswith(Expression text, Object part) {
        return call(Function.STARTSWITH, text, part);
    }

    /** Whether a text ends with another. */
    public static Expression endswith(Expression text, Object part) {
        return call(Function.ENDSWITH, text, part);
    }

    /** The array of the parts between matches of a regular expression of Java. */
    public static Expression split(Expression text, String pattern) {
        return call(Function.SPLIT, text, pattern);
    }

    /** The n-th part between delimiters, from 1. */
    public static Expression split_part(Expression text, String delimiter, int part) {
        return call(Function.SPLIT_PART, text, delimiter, part);
    }

    /** The code of the first character. */
    public static Expression ascii(Expression text) {
        return call(Function.ASCII, text);
    }

    /** How many characters to add, remove or replace to turn one text into the other. */
    public static Expression levenshtein(Expression text, Object other) {
        return call(Function.LEVENSHTEIN, text, other);
    }

    /** How a word sounds in English, as four characters. */
    public static Expression soundex(Expression text) {
        return call(Function.SOUNDEX, text);
    }

    /** Values in a text by a pattern of java.util.Formatter. */
    public static Expression format_string(String format, Object... values) {
        return call(Function.FORMAT_STRING, prepended(format, values));
    }

    /** A number with thousands separators and some decimals, as a text. */
    public static Expression format_number(Expression number, int decimals) {
        return call(Function.FORMAT_NUMBER, number, decimals);
    }

    /** Bytes as Base64. */
    public static Expression base64(Expression bytes) {
        return call(Function.BASE64, bytes);
    }

    /** The bytes of a Base64 text. */
    public static Expression unbase64(Expression text) {
        return call(Function.UNBASE64, text);
    }

    /** A number or bytes in hexadecimal digits. */
    public static Expression hex(Expression value) {
        return call(Function.HEX, value);
    }

    /** The bytes of hexadecimal digits. */
    public static Expression unhex(Expression text) {
        return call(Function.UNHEX, text);
    }

    /** A text as bytes, in UTF-8 for instance. */
    public static Expression encode(Expression text, String charset) {
        return call(Function.ENCODE, text, charset);
    }

    /** Bytes as a text, in UTF-8 for instance. */
    public static Expression decode(Expression bytes, String charset) {
        return call(Function.DECODE, bytes, charset);
    }

    /** Whether a regular expression of Java matches in a text. */
    public static Expression regexp_like(Expression text, String pattern) {
        return call(Function.REGEXP_LIKE, text, pattern);
    }

    /** The group of the first match, 0 for all of it; empty without a match. */
    public static Expression regexp_extract(Expression text, String pattern, int group) {
        return call(Function.REGEXP_EXTRACT, text, pattern, group);
    }

    /** The group of each match, as an array. */
    public static Expression regexp_extract_all(Expression text, String pattern, int group) {
        return call(Function.REGEXP_EXTRACT_ALL, text, pattern, group);
    }

    /** Each match replaced; {@code $1} in the replacement is the first group. */
    public static Expression regexp_replace(Expression text, String pattern, String replacement) {
        return call(Function.REGEXP_REPLACE, text, pattern, replacement);
    }

    /** The number of matches. */
    public static Expression regexp_count(Expression text, String pattern) {
        return call(Function.REGEXP_COUNT, text, pattern);
    }

    /** A part of a URL: HOST, PATH, QUERY, PROTOCOL, REF, FILE, AUTHORITY or USERINFO. */
    public static Expression parse_url(Expression url, String part) {
        return call(Function.PARSE_URL, url, part);
    }

    /** A text without the escapes of URLs. */
    public static Expression url_decode(Expression text) {
        return call(Function.URL_DECODE, text);
    }

    /** A text with the escapes of URLs. */
    public static Expression url_encode(Expression text) {
        return call(Function.URL_ENCODE, text);
    }
}
