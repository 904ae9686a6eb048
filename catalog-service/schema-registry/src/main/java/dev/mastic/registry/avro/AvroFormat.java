package dev.mastic.registry.avro;

import dev.mastic.registry.compat.InvalidDefinitionException;
import dev.mastic.registry.compat.ParsedSchema;
import dev.mastic.registry.compat.SchemaFormat;
import dev.mastic.registry.compat.SchemaText;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

import java.util.List;

/** Schemas of Apache Avro; its own rules of schema resolution say what is compatible. */
public final class AvroFormat implements SchemaFormat<Schema> {
    /** What Avro shows in place of a name that it did not find. */
    private static final String UNRESOLVED = "UnresolvedSchema";

    @Override
    public ParsedSchema<Schema> parse(String definition) throws InvalidDefinitionException {
        Object document = SchemaText.json(definition);
        try {
            Schema schema = new Schema.Parser().setValidateDefaults(true).parse(definition);
            return new ParsedSchema<>(schema, SchemaText.canonical(document), document);
        } catch (RuntimeException e) {
            // Avro throws its own exceptions and those of whatever it stumbled upon: casts, null members, bad numbers.
            String message = SchemaText.firstLine(e);
            throw new InvalidDefinitionException(
                    message.contains(UNRESOLVED) ? "it uses a type by a name that is not defined in it" : message, e);
        } catch (StackOverflowError e) {
            throw new InvalidDefinitionException("it is nested too deeply", e);
        }
    }

    @Override
    public List<String> unreadable(Schema reader, Schema writer) {
        try {
            return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                    .getResult()
                    .getIncompatibilities()
                    .stream()
                    .map(found -> found.getType() + " at " + found.getLocation() + ": " + found.getMessage())
                    .toList();
        } catch (StackOverflowError e) {
            return List.of("The schemas are nested too deeply to be compared");
        }
    }
}
