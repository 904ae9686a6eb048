package dev.mastic.registry.compat;

import java.util.List;

/**
 * A format of schemas: AVRO, JSON or PROTOBUF. Stateless and thread-safe.
 *
 * @param <M> what its checks work on
 */
public interface SchemaFormat<M> {
    /**
     * Understands a definition.
     *
     * @throws InvalidDefinitionException when the text is not a schema of this format
     */
    ParsedSchema<M> parse(String definition) throws InvalidDefinitionException;

    /**
     * Why a reader that has one schema may fail on, or lose, what was written by another.
     *
     * @return one text for each reason; empty when all can be read
     */
    List<String> unreadable(M reader, M writer);

    /**
     * What a newer version must not do to an older one, whichever of them reads.
     *
     * @return one text for each breach
     */
    default List<String> breaches(M newer, M older) {
        return List.of();
    }
}
