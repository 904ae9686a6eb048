package dev.mastic.registry;

/**
 * How much a registry holds. On AWS these are soft limits of an account and region.
 *
 * @param registries registries, beside the default one
 * @param versions versions of all schemas together
 */
public record RegistryLimits(int registries, int versions) {
    /** The limits that AWS documents: 10 registries and 1,000 versions. */
    public static final RegistryLimits OF_AWS = new RegistryLimits(10, 1000);

    public RegistryLimits {
        if (registries < 1 || versions < 1) {
            throw new IllegalArgumentException(
                    "Limits of the schema registry are 1 or more, not " + registries + " and " + versions);
        }
    }
}
