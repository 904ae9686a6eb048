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
    @Override
    public ParsedSchema<Schema> parse(String definition) throws InvalidDefinitionException {
        Object document = SchemaText.json(definition);
        try {
            Schema schema = new Schema.Parser().setValidateDefaults(true).parse(definition);
            return new ParsedSchema<>(schema, SchemaText.canonical(document), document);
        } catch (RuntimeException e) {
            // Avro throws its own exceptions and those of whatever it stumbled upon: casts, null members, bad numbers.
            throw new InvalidDefinitionException(SchemaText.firstLine(e), e);
        } catch (StackOverflowError e) {
            throw new InvalidDefinitionException("it is nested too deeply", e);
        }
    }

    @Override
    public List<String> unreadable(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()
                .stream()
                .map(found -> found.getType() + " at " + found.getLocation() + ": " + found.getMessage())
                .toList();
    }
}
