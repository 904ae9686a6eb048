package dev.mastic.wire.tag;

import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The resources of one type and their tags, as the part that owns them keeps them. Thread-safe. */
public interface TaggedResources {
    /** The type as ARNs name it: {@code job} in {@code arn:aws:glue:us-east-1:123456789012:job/nightly}. */
    String type();

    /**
     * Tags of a resource.
     *
     * @param name what an ARN has behind the type and its slash
     * @return empty when there is no such resource
     */
    Optional<Map<String, String>> find(String name);

    /**
     * Changes the tags of a resource while nobody else does.
     *
     * @param name what an ARN has behind the type and its slash
     * @param change makes the new tags of the present ones; what it throws leaves them as they are
     * @return false when there is no such resource
     */
    boolean change(String name, UnaryOperator<Map<String, String>> change);
}
