package dev.mastic.wire.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON values that stand behind each other in a text, which may be cut off or broken somewhere.
 *
 * @param values maps, lists, texts, numbers, booleans and nulls; the last one lacks what comes after the break
 * @param end how the text ended
 * @param problem what is wrong, and in which line and column; empty when nothing is
 */
public record JsonValues(List<@Nullable Object> values, End end, String problem) {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .build())
            .build();

    public JsonValues {
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    /** How a text ended. */
    public enum End {
        /** Behind its last value. */
        WHOLE,
        /** Inside a value. */
        CUT_OFF,
        /** At something that is no JSON, or is nested too deep. */
        BROKEN
    }

    /**
     * Reads a text.
     *
     * @param deepest levels of objects and arrays; deeper ones break the text
     */
    public static JsonValues read(String text, int deepest) {
        List<@Nullable Object> values = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(text)) {
            return read(parser, values, deepest);
        } catch (JsonEOFException e) {
            return new JsonValues(values, End.CUT_OFF, message(e));
        } catch (JsonProcessingException e) {
            // A number or a word that the end of the text cuts is reported as a wrong one.
            boolean atEnd = e.getLocation() != null && e.getLocation().getCharOffset() >= text.length() - 1;
            return new JsonValues(values, atEnd ? End.CUT_OFF : End.BROKEN, message(e));
        } catch (IOException e) {
            throw new IllegalStateException("A text in memory could not be read", e);
        }
    }

    /** Values are put into their containers when they begin, so that a break leaves what came before it. */
    private static JsonValues read(JsonParser parser, List<@Nullable Object> values, int deepest) throws IOException {
        List<Object> open = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            switch (token) {
                case START_OBJECT, START_ARRAY -> {
                    if (open.size() == deepest) {
                        return new JsonValues(
                                values,
                                End.BROKEN,
                                "it is nested deeper than " + deepest + " levels" + place(parser.currentLocation()));
                    }
                    Object container = token == JsonToken.START_OBJECT ? new LinkedHashMap<>() : new ArrayList<>();
                    put(parser, values, open, container);
                    open.add(container);
                }
                case END_OBJECT, END_ARRAY -> open.remove(open.size() - 1);
                case FIELD_NAME, NOT_AVAILABLE -> {}
                case VALUE_STRING -> put(parser, values, open, parser.getText());
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> put(parser, values, open, parser.getNumberValue());
                case VALUE_TRUE, VALUE_FALSE -> put(parser, values, open, parser.getBooleanValue());
                case VALUE_NULL, VALUE_EMBEDDED_OBJECT -> put(parser, values, open, null);
            }
        }
        return new JsonValues(values, End.WHOLE, "");
    }

    @SuppressWarnings("unchecked")
    private static void put(JsonParser parser, List<@Nullable Object> values, List<Object> open, @Nullable Object value)
            throws IOException {
        if (open.isEmpty()) {
            values.add(value);
        } else if (open.get(open.size() - 1) instanceof Map<?, ?> map) {
            ((Map<String, @Nullable Object>) map).put(parser.currentName(), value);
        } else {
            ((List<@Nullable Object>) open.get(open.size() - 1)).add(value);
        }
    }

    private static String message(JsonProcessingException e) {
        return e.getOriginalMessage() + place(e.getLocation());
    }

    private static String place(@Nullable JsonLocation location) {
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }
}
