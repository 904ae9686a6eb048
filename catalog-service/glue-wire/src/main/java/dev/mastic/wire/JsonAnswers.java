package dev.mastic.wire;

import software.amazon.awssdk.services.glue.model.GlueRequest;

import java.util.Optional;

/**
 * Implemented by a part that has some of its answers as JSON already: the dispatcher then puts them on the wire without
 * making the model's objects, which costs more than the query behind them. Implementations are thread-safe.
 */
public interface JsonAnswers {
    /**
     * The answer to a request, in the JSON that {@link GlueJson#write} makes of what the operation returns; the order of
     * members may differ. Throws what the operation throws.
     *
     * @return empty when the operation itself is to be called
     */
    Optional<String> json(GlueRequest request);
}
