package dev.mastic.registry.api;

import dev.mastic.registry.store.RegistryStore;
import dev.mastic.registry.store.SchemaName;
import dev.mastic.registry.store.SchemaStore;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.RegistryId;
import software.amazon.awssdk.services.glue.model.SchemaId;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Amazon Resource Names of one account and region, and what requests mean by a name or an ARN.
 *
 * @param region of the ARNs
 * @param account of the ARNs
 */
record Names(String region, String account) {
    private static final Pattern REGISTRY_ARN = Pattern.compile("arn:[^:]+:glue:[^:]*:[^:]*:registry/([^/:]+)");
    private static final Pattern SCHEMA_ARN = Pattern.compile("arn:[^:]+:glue:[^:]*:[^:]*:schema/([^/:]+)/([^/:]+)");

    String registryArn(String registry) {
        return "arn:aws:glue:" + region + ":" + account + ":registry/" + registry;
    }

    String schemaArn(String registry, String schema) {
        return "arn:aws:glue:" + region + ":" + account + ":schema/" + registry + "/" + schema;
    }

    String schemaArn(SchemaName name) {
        return schemaArn(name.registry(), name.schema());
    }

    /** The registry that a request means; the default one when it names none. */
    String registry(@Nullable RegistryId id) {
        if (id == null || (id.registryName() == null && id.registryArn() == null)) {
            return RegistryStore.DEFAULT;
        }
        return requiredRegistry(id);
    }

    /**
     * The registry that a request means.
     *
     * @throws software.amazon.awssdk.services.glue.model.InvalidInputException when it names none or two
     * @throws software.amazon.awssdk.services.glue.model.EntityNotFoundException for the ARN of another account or region
     */
    String requiredRegistry(@Nullable RegistryId id) {
        if (id == null || (id.registryName() == null) == (id.registryArn() == null)) {
            throw Invalid.input("One of registryName or registryArn has to be provided, both cannot be provided.");
        }
        if (id.registryArn() == null) {
            return id.registryName();
        }
        Matcher arn = REGISTRY_ARN.matcher(id.registryArn());
        if (!arn.matches()) {
            throw Invalid.input("RegistryArn " + id.registryArn() + " is not of the form " + registryArn("NAME"));
        }
        if (!registryArn(arn.group(1)).equals(id.registryArn())) {
            throw RegistryStore.notFound(id.registryArn());
        }
        return arn.group(1);
    }

    /**
     * The schema that a request means.
     *
     * @throws software.amazon.awssdk.services.glue.model.InvalidInputException when it names none or two
     * @throws software.amazon.awssdk.services.glue.model.EntityNotFoundException for the ARN of another account or region
     */
    SchemaName schema(@Nullable SchemaId id) {
        if (id == null || (id.schemaArn() == null && (id.schemaName() == null || id.registryName() == null))) {
            throw Invalid.input("At least one of (registryName and schemaName) or schemaArn has to be provided.");
        }
        if (id.schemaArn() == null) {
            return new SchemaName(id.registryName(), id.schemaName());
        }
        if (id.schemaName() != null || id.registryName() != null) {
            throw Invalid.input("One of (registryName and schemaName) or schemaArn has to be provided, both cannot be"
                    + " provided.");
        }
        Matcher arn = SCHEMA_ARN.matcher(id.schemaArn());
        if (!arn.matches()) {
            throw Invalid.input("SchemaArn " + id.schemaArn() + " is not of the form " + schemaArn("REGISTRY", "NAME"));
        }
        SchemaName name = new SchemaName(arn.group(1), arn.group(2));
        if (!schemaArn(name).equals(id.schemaArn())) {
            throw SchemaStore.notFound(name);
        }
        return name;
    }
}
