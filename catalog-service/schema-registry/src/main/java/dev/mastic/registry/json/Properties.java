package dev.mastic.registry.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which schemas a schema has for a property. */
final class Properties {
    private Properties() {}

    /**
     * The schemas that a property's value must fit.
     *
     * @param isCertain false when some pattern could not be matched, so that there may be more or fewer
     */
    record Found(List<SchemaNode> schemas, boolean isCertain) {}

    static Found of(SchemaNode node, String name) {
        List<SchemaNode> schemas = new ArrayList<>();
        boolean certain = true;
        if (node.get("properties") instanceof Map<?, ?> properties && properties.get(name) != null) {
            schemas.add(new SchemaNode(node.document(), properties.get(name)));
        }
        for (Map.Entry<String, SchemaNode> entry :
                node.named("patternProperties").entrySet()) {
            Answer matches = node.document().pattern(entry.getKey()).finds(name);
            if (matches == Answer.YES) {
                schemas.add(entry.getValue());
            }
            certain &= matches != Answer.UNKNOWN;
        }
        SchemaNode additional = node.schema("additionalProperties");
        if (schemas.isEmpty() && certain && additional != null) {
            schemas.add(additional);
        }
        return new Found(schemas, certain);
    }
}
