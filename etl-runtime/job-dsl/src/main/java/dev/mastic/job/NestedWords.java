package dev.mastic.job;

/** Functions of arrays, maps, structs and JSON, and digests; part of {@link Dsl}, by which they are imported. */
public abstract class NestedWords extends TimeWords {
    NestedWords() {}

    /** An array of values. */
    public static Expression array(Object... values) {
        return call(Function.ARRAY, values);
    }

    /** The number of elements of an array or a map. */
    public static Expression size(Expression collection) {
        return call(Function.SIZE, collection);
    }

    /** Whether an array has a value. */
    public static Expression array_contains(Expression array, Object value) {
        return call(Function.ARRAY_CONTAINS, array, value);
    }

    /** An array without repetitions. */
    public static Expression array_distinct(Expression array) {
        return call(Function.ARRAY_DISTINCT, array);
    }

    /** An array of texts as one text. */
    public static Expression array_join(Expression array, String separator) {
        return call(Function.ARRAY_JOIN, array, separator);
    }

    /** The greatest element. */
    public static Expression array_max(Expression array) {
        return call(Function.ARRAY_MAX, array);
    }

    /** The least element. */
    public static Expression array_min(Expression array) {
        return call(Function.ARRAY_MIN, array);
    }

    /** An array in ascending order. */
    public static Expression sort_array(Expression array) {
        return call(Function.SORT_ARRAY, array);
    }

    /** An array's n-th element, from 1, or a map's value; fails where an array is too short. */
    public static Expression element_at(Expression collection, Object key) {
        return call(Function.ELEMENT_AT, collection, key);
    }

    /** As {@link #element_at}, but null where an array is too short. */
    public static Expression try_element_at(Expression collection, Object key) {
        return call(Function.TRY_ELEMENT_AT, collection, key);
    }

    /** Where a value stands first, from 1; 0 when it is not there. */
    public static Expression array_position(Expression array, Object value) {
        return call(Function.ARRAY_POSITION, array, value);
    }

    /** An array without a value. */
    public static Expression array_remove(Expression array, Object value) {
        return call(Function.ARRAY_REMOVE, array, value);
    }

    /** An array with one more element. */
    public static Expression array_append(Expression array, Object value) {
        return call(Function.ARRAY_APPEND, array, value);
    }

    /** The elements of two arrays, once each. */
    public static Expression array_union(Expression array, Object other) {
        return call(Function.ARRAY_UNION, array, other);
    }

    /** The elements that both arrays have, once each. */
    public static Expression array_intersect(Expression array, Object other) {
        return call(Function.ARRAY_INTERSECT, array, other);
    }

    /** The elements that the other array has not, once each. */
    public static Expression array_except(Expression array, Object other) {
        return call(Function.ARRAY_EXCEPT, array, other);
    }

    /** Whether two arrays have a common element. */
    public static Expression arrays_overlap(Expression array, Object other) {
        return call(Function.ARRAYS_OVERLAP, array, other);
    }

    /** An array without nulls. */
    public static Expression array_compact(Expression array) {
        return call(Function.ARRAY_COMPACT, array);
    }

    /** An array of one value several times. */
    public static Expression array_repeat(Expression value, int times) {
        return call(Function.ARRAY_REPEAT, value, times);
    }

    /** An array of arrays as one array. */
    public static Expression flatten(Expression arrays) {
        return call(Function.FLATTEN, arrays);
    }

    /** Part of an array, from 1. */
    public static Expression slice(Expression array, int start, int length) {
        return call(Function.SLICE, array, start, length);
    }

    /** The array of all numbers, or days, from a start to an end. */
    public static Expression sequence(Expression start, Object end) {
        return call(Function.SEQUENCE, start, end);
    }

    /** A map of keys and values in turn. */
    public static Expression map(Object... entries) {
        return call(Function.MAP, entries);
    }

    /** The keys of a map, as an array. */
    public static Expression map_keys(Expression map) {
        return call(Function.MAP_KEYS, map);
    }

    /** The values of a map, as an array. */
    public static Expression map_values(Expression map) {
        return call(Function.MAP_VALUES, map);
    }

    /** The entries of a map, as an array of structs. */
    public static Expression map_entries(Expression map) {
        return call(Function.MAP_ENTRIES, map);
    }

    /** A map of an array of keys and one of values. */
    public static Expression map_from_arrays(Expression keys, Object values) {
        return call(Function.MAP_FROM_ARRAYS, keys, values);
    }

    /** A map of an array of pairs. */
    public static Expression map_from_entries(Expression entries) {
        return call(Function.MAP_FROM_ENTRIES, entries);
    }

    /** The entries of several maps. */
    public static Expression map_concat(Object... maps) {
        return call(Function.MAP_CONCAT, maps);
    }

    /** Whether a map has a key. */
    public static Expression map_contains_key(Expression map, Object key) {
        return call(Function.MAP_CONTAINS_KEY, map, key);
    }

    /** A map of a text, by the delimiter of pairs and the one of key and value. */
    public static Expression str_to_map(Expression text, String pairs, String keyValue) {
        return call(Function.STR_TO_MAP, text, pairs, keyValue);
    }

    /** A struct of names and values in turn. */
    public static Expression named_struct(Object... namesAndValues) {
        return call(Function.NAMED_STRUCT, namesAndValues);
    }

    /** A struct, array or map as JSON. */
    public static Expression to_json(Expression value) {
        return call(Function.TO_JSON, value);
    }

    /** JSON as a value of a type, in Hive's words: {@code struct<id:int,tags:array<string>>}. */
    public static Expression from_json(Expression text, String type) {
        return call(Function.FROM_JSON, text, type);
    }

    /** A member of JSON by a path, {@code $.a[0].b} for instance, as a text. */
    public static Expression get_json_object(Expression text, String path) {
        return call(Function.GET_JSON_OBJECT, text, path);
    }

    /** The number of elements of a JSON array. */
    public static Expression json_array_length(Expression text) {
        return call(Function.JSON_ARRAY_LENGTH, text);
    }

    /** The names of a JSON object's members, as an array. */
    public static Expression json_object_keys(Expression text) {
        return call(Function.JSON_OBJECT_KEYS, text);
    }

    /** The MD5 digest of a text or bytes, in hexadecimal digits. */
    public static Expression md5(Expression value) {
        return call(Function.MD5, value);
    }

    /** The SHA-1 digest, in hexadecimal digits. */
    public static Expression sha1(Expression value) {
        return call(Function.SHA1, value);
    }

    /** The SHA-2 digest of 224, 256, 384 or 512 bits, in hexadecimal digits. */
    public static Expression sha2(Expression value, int bits) {
        return call(Function.SHA2, value, bits);
    }

    /** The cyclic redundancy check of a text or bytes. */
    public static Expression crc32(Expression value) {
        return call(Function.CRC32, value);
    }

    /** A fast hash of values, 64 bits. */
    public static Expression xxhash64(Object... values) {
        return call(Function.XXHASH64, values);
    }

    /** A fast hash of values, 32 bits. */
    public static Expression hash(Object... values) {
        return call(Function.HASH, values);
    }
}
