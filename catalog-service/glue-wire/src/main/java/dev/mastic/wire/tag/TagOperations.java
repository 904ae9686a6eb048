package dev.mastic.wire.tag;

import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetTagsRequest;
import software.amazon.awssdk.services.glue.model.GetTagsResponse;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.TagResourceRequest;
import software.amazon.awssdk.services.glue.model.TagResourceResponse;
import software.amazon.awssdk.services.glue.model.UntagResourceRequest;
import software.amazon.awssdk.services.glue.model.UntagResourceResponse;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Glue's operations on tags: hands each to the part that owns the resource. Thread-safe when the parts are. */
public final class TagOperations implements GlueClient {
    /** Types that Glue lets be tagged, of which Mastic may have none. */
    private static final Set<String> TYPES_OF_GLUE = Set.of(
            "blueprint",
            "connection",
            "crawler",
            "customEntityType",
            "dataQualityRuleset",
            "database",
            "devEndpoint",
            "integration",
            "job",
            "mlTransform",
            "registry",
            "schema",
            "session",
            "trigger",
            "usageProfile",
            "workflow");

    private final String owner;
    private final Map<String, TaggedResources> types = new TreeMap<>();

    /**
     * On the resources of one account and region.
     *
     * @throws IllegalArgumentException when two own the same type
     */
    public TagOperations(String region, String accountId, List<TaggedResources> resources) {
        this.owner = "arn:aws:glue:" + region + ":" + accountId;
        for (TaggedResources each : resources) {
            if (types.put(each.type(), each) != null) {
                throw new IllegalArgumentException("Two parts own the tags of the type " + each.type());
            }
        }
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest request) {
        ResourceArn arn = ResourceArn.parse(request.resourceArn());
        if (!request.hasTagsToAdd()) {
            throw Tags.invalid("TagsToAdd is missing");
        }
        change(arn, present -> Tags.joined(present, request.tagsToAdd()));
        return TagResourceResponse.builder().build();
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest request) {
        ResourceArn arn = ResourceArn.parse(request.resourceArn());
        if (!request.hasTagsToRemove()) {
            throw Tags.invalid("TagsToRemove is missing");
        }
        change(arn, present -> Tags.without(present, request.tagsToRemove()));
        return UntagResourceResponse.builder().build();
    }

    @Override
    public GetTagsResponse getTags(GetTagsRequest request) {
        ResourceArn arn = ResourceArn.parse(request.resourceArn());
        return GetTagsResponse.builder()
                .tags(resources(arn).find(arn.name()).orElseThrow(() -> missing(arn, "")))
                .build();
    }

    private void change(ResourceArn arn, UnaryOperator<Map<String, String>> change) {
        if (!resources(arn).change(arn.name(), change)) {
            throw missing(arn, "");
        }
    }

    /**
     * The owner of a resource's tags.
     *
     * @throws InvalidInputException when Glue has no tags on resources of that type
     * @throws EntityNotFoundException for other accounts and regions, and for types of which Mastic has no resources
     */
    private TaggedResources resources(ResourceArn arn) {
        TaggedResources resources = types.get(arn.type());
        if (resources == null && !TYPES_OF_GLUE.contains(arn.type())) {
            throw Tags.invalid("ResourceArn " + arn + ": resources of the type '" + arn.type()
                    + "' cannot be tagged; use one of " + String.join(", ", types.keySet()));
        }
        if (resources == null) {
            throw missing(arn, "; Mastic has no resources of the type '" + arn.type() + "'");
        }
        if (!arn.owner().equals(owner)) {
            throw missing(arn, "; the resources of this server begin with " + owner);
        }
        return resources;
    }

    private static EntityNotFoundException missing(ResourceArn arn, String why) {
        return EntityNotFoundException.builder()
                .message("Resource " + arn + " not found" + why + ".")
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
