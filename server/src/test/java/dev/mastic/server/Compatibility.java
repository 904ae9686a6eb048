package dev.mastic.server;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.mastic.wire.GlueOperation;
import software.amazon.awssdk.services.glue.GlueClient;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What COMPATIBILITY.md says: the operations that some part's class overrides, and what is missing in each. */
final class Compatibility {
    private Compatibility() {}

    /** What is missing in the operations that are there, by name. */
    static Map<String, String> partial() {
        Map<String, String> partial = new TreeMap<>();
        String crawlerTargets =
                "no MongoDB targets, no manifests of Delta tables; no security configurations, no lineage";
        for (String operation : List.of("CreateCrawler", "UpdateCrawler")) {
            partial.put(operation, crawlerTargets);
        }
        for (String operation : List.of("CreateClassifier", "UpdateClassifier")) {
            partial.put(operation, "grok patterns are RE2: no look-around, no back references");
        }
        String jobs =
                "scripts are Java (one source file, or a class in a jar); worker settings choose the driver's memory"
                        + " only";
        for (String operation : List.of("CreateJob", "UpdateJob", "StartJobRun")) {
            partial.put(operation, jobs);
        }
        String triggers =
                "types EVENT and ON_DEMAND; an EVENT trigger stands alone and names its objects in its action's"
                        + " arguments";
        for (String operation : List.of("CreateTrigger", "UpdateTrigger", "StartTrigger")) {
            partial.put(operation, triggers);
        }
        for (String operation : List.of("CreateTable", "UpdateTable", "GetTable", "GetTables")) {
            partial.put(
                    operation,
                    "no OpenTableFormatInput, views by ViewDefinition or transactions; resource links are kept, not followed");
        }
        partial.put("GetUserDefinedFunctions", "Pattern is RE2: no look-around, no back references");
        partial.put("CreatePartitionIndex", "keys of string and integer types, none of type date");
        String connections =
                "ValidateForComputeEnvironments is not looked at; ValidateCredentials (default: false) tests"
                        + " as TestConnection does";
        for (String operation : List.of("CreateConnection", "UpdateConnection")) {
            partial.put(operation, connections);
        }
        partial.put(
                "TestConnection",
                "types JDBC, KAFKA (by TCP alone) and NETWORK; no credentials of AWS Secrets Manager");
        partial.put(
                "PutResourcePolicy", "of the catalog as a whole; kept, not enforced; EnableHybrid is not looked at");
        partial.put("CreateSecurityConfiguration", "kept; runs do not use it");
        partial.put("PutDataCatalogEncryptionSettings", "DISABLED alone: there is no AWS KMS");
        partial.put("GetCatalog", "the account's default catalog only");
        partial.put("GetCatalogs", "the account's default catalog only");
        partial.merge(
                "GetTables",
                "Expression is RE2: no look-around, no back references",
                (some, more) -> some + "; " + more);
        for (String operation : List.of("CreateDatabase", "UpdateDatabase", "GetDatabase", "GetDatabases")) {
            partial.put(operation, "no federation; resource links are kept, not followed");
        }
        return partial;
    }

    static String document() {
        List<JavaClass> parts = parts();
        Map<String, String> partial = partial();
        StringBuilder rows = new StringBuilder();
        int supported = 0;
        int partly = 0;
        for (GlueOperation operation : GlueOperation.all().values()) {
            boolean there = parts.stream().anyMatch(part -> overrides(part, operation));
            String state = !there ? "absent" : partial.containsKey(operation.name()) ? "partial" : "supported";
            supported += state.equals("supported") ? 1 : 0;
            partly += state.equals("partial") ? 1 : 0;
            rows.append("| ")
                    .append(operation.name())
                    .append(" | ")
                    .append(state)
                    .append(" | ");
            rows.append(there ? partial.getOrDefault(operation.name(), "") : "").append(" |\n");
        }
        int all = GlueOperation.all().size();
        return "# Compatibility with the Glue API\n\n"
                + "Generated from the code (see CONTRIBUTING.md). Of the " + all
                + " operations that the AWS SDK knows, "
                + supported + " are supported, " + partly + " partial and " + (all - supported - partly)
                + " absent. An absent one\nanswers `UnknownOperationException`. Length, pattern, range and enum"
                + " constraints of every request come from the\nAPI's published model.\n\n"
                + "| operation | state | what is missing |\n|---|---|---|\n"
                + rows;
    }

    /** Names of the operations that Mastic has. */
    static Set<String> operations() {
        List<JavaClass> parts = parts();
        return GlueOperation.all().values().stream()
                .filter(operation -> parts.stream().anyMatch(part -> overrides(part, operation)))
                .map(GlueOperation::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<JavaClass> parts() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.mastic").stream()
                        .filter(type -> type.isAssignableTo(GlueClient.class) && !type.isInterface())
                        .toList();
    }

    private static boolean overrides(JavaClass part, GlueOperation operation) {
        return part.tryGetMethod(
                        operation.method().getName(),
                        operation.method().getParameterTypes()[0].getName())
                .isPresent();
    }
}
