package dev.mastic.registry.json;

import dev.mastic.registry.compat.InvalidDefinitionException;
import dev.mastic.registry.compat.ParsedSchema;
import dev.mastic.registry.compat.SchemaFormat;
import dev.mastic.registry.compat.SchemaText;

import java.util.List;

/**
 * JSON Schema of the drafts 4, 6 and 7; without {@code $schema} draft 7. A reader can read what a writer wrote when its
 * schema accepts all that the writer's accepts. What cannot be shown to be so is refused, with the place and the reason.
 */
public final class JsonFormat implements SchemaFormat<JsonDocument> {
    @Override
    public ParsedSchema<JsonDocument> parse(String definition) throws InvalidDefinitionException {
        Object document = SchemaText.json(definition);
        try {
            return new ParsedSchema<>(JsonRules.check(document), SchemaText.canonical(document), document);
        } catch (StackOverflowError e) {
            throw new InvalidDefinitionException("it is nested too deeply", e);
        }
    }

    @Override
    public List<String> unreadable(JsonDocument reader, JsonDocument writer) {
        return Containment.reasons(reader.rootNode(), writer.rootNode());
    }
}
