package dev.mastic.crawler.crawl;

import dev.mastic.crawler.source.Glob;
import dev.mastic.crawler.source.S3Location;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.CrawlerTargets;
import software.amazon.awssdk.services.glue.model.DeltaTarget;

import java.util.List;

import static dev.mastic.crawler.crawl.CrawlerRules.require;

/** What DeltaTargets, IcebergTargets and HudiTargets must hold to. */
final class LakeTargetRules {
    private static final int DEFAULT_DEPTH = 10;
    private static final int LARGEST_DEPTH = 20;

    private LakeTargetRules() {}

    static boolean any(CrawlerTargets targets) {
        return !targets.deltaTargets().isEmpty()
                || !targets.icebergTargets().isEmpty()
                || !targets.hudiTargets().isEmpty();
    }

    static int depth(@Nullable Integer given) {
        return given == null ? DEFAULT_DEPTH : given;
    }

    /** @throws software.amazon.awssdk.services.glue.model.InvalidInputException naming the member at fault and what to do */
    static void check(CrawlerTargets targets) {
        targets.deltaTargets().forEach(LakeTargetRules::delta);
        targets.icebergTargets()
                .forEach(target -> paths(
                        "Paths of an Iceberg target",
                        target.paths(),
                        target.exclusions(),
                        target.maximumTraversalDepth(),
                        target.connectionName()));
        targets.hudiTargets()
                .forEach(target -> paths(
                        "Paths of a Hudi target",
                        target.paths(),
                        target.exclusions(),
                        target.maximumTraversalDepth(),
                        target.connectionName()));
    }

    private static void delta(DeltaTarget target) {
        paths("DeltaTables of a Delta target", target.deltaTables(), List.of(), null, target.connectionName());
        require(
                !Boolean.TRUE.equals(target.writeManifest()),
                "WriteManifest is not supported: a crawler writes nothing into the bucket; use CreateNativeDeltaTable,"
                        + " which engines read by the log itself");
        require(
                !Boolean.FALSE.equals(target.createNativeDeltaTable()),
                "CreateNativeDeltaTable false asks for a table of manifests, which is not supported; use true");
    }

    private static void paths(
            String member,
            List<String> paths,
            List<String> exclusions,
            @Nullable Integer depth,
            @Nullable String connection) {
        require(!paths.isEmpty(), member + " are missing; give at least one");
        paths.forEach(S3Location::parse);
        exclusions.forEach(Glob::compile);
        require(
                depth == null || (depth >= 1 && depth <= LARGEST_DEPTH),
                "MaximumTraversalDepth is " + depth + "; use 1 to " + LARGEST_DEPTH);
        require(connection == null, "ConnectionName of " + paths + " is not supported yet; leave it out");
    }
}
