package dev.mastic.registry.compat;

import java.util.Objects;

/**
 * A definition that its format has understood.
 *
 * @param model what the format's checks work on
 * @param canonical a text that is the same for definitions that differ in layout alone
 * @param document the definition as maps, lists, texts, numbers and booleans, for differences
 * @param <M> the format's own model
 */
public record ParsedSchema<M>(M model, String canonical, Object document) {
    public ParsedSchema {
        Objects.requireNonNull(model);
        Objects.requireNonNull(canonical);
        Objects.requireNonNull(document);
    }
}
