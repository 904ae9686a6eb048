package dev.mastic.registry.api;

import dev.mastic.registry.compat.CompatibilityRule;
import dev.mastic.registry.compat.InvalidDefinitionException;
import dev.mastic.registry.compat.ParsedSchema;
import dev.mastic.registry.compat.SchemaFormat;
import software.amazon.awssdk.services.glue.model.Compatibility;
import software.amazon.awssdk.services.glue.model.DataFormat;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

import java.util.List;
import java.util.Map;

/** The formats of schemas by the API's name of each. Thread-safe. */
public final class Formats {
    private final Map<DataFormat, SchemaFormat<?>> formats;

    public Formats(Map<DataFormat, SchemaFormat<?>> formats) {
        this.formats = Map.copyOf(formats);
    }

    /** A definition together with the format that understood it. */
    record Definition<M>(SchemaFormat<M> format, ParsedSchema<M> schema) {
        String canonical() {
            return schema.canonical();
        }

        Object document() {
            return schema.document();
        }

        /**
         * Why this definition breaks a mode when an older version has another one.
         *
         * @throws InvalidDefinitionException when the older definition cannot be read any more
         */
        List<String> violations(Compatibility mode, String older) throws InvalidDefinitionException {
            return CompatibilityRule.violations(
                    format, mode, schema.model(), format.parse(older).model());
        }
    }

    /**
     * Understands a definition.
     *
     * @throws InvalidDefinitionException when it is not a schema of that format
     */
    Definition<?> parse(DataFormat format, String definition) throws InvalidDefinitionException {
        SchemaFormat<?> known = formats.get(format);
        if (known == null) {
            throw Invalid.input("Data format is not valid. Use one of " + formats.keySet());
        }
        return parse(known, definition);
    }

    /**
     * As {@link #parse}, for a request.
     *
     * @throws InvalidInputException when it is not a schema of that format
     */
    Definition<?> require(DataFormat format, String definition) {
        Invalid.storable(definition, "SchemaDefinition");
        try {
            return parse(format, definition);
        } catch (InvalidDefinitionException e) {
            throw (InvalidInputException) InvalidInputException.builder()
                    .message("Schema definition of " + format + " data format is invalid: " + e.getMessage())
                    .cause(e)
                    .build();
        }
    }

    private static <M> Definition<M> parse(SchemaFormat<M> format, String definition)
            throws InvalidDefinitionException {
        return new Definition<>(format, format.parse(definition));
    }
}
