package dev.mastic.registry;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "dev.mastic.registry", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule packages_are_free_of_cycles =
            slices().matching("dev.mastic.registry.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule knows_no_other_part = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.mastic.catalog..",
                    "dev.mastic.crawler..",
                    "dev.mastic.orchestration..",
                    "dev.mastic.server..");

    @ArchTest
    static final ArchRule jackson_stays_on_the_wire =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("com.fasterxml..");

    @ArchTest
    static final ArchRule formats_read_and_write_nothing = noClasses()
            .that()
            .resideInAnyPackage("..avro..", "..json..", "..protobuf..", "..compat..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.sql..", "org.jdbi..", "java.net.http..", "..registry.store..", "..registry.api..");

    @ArchTest
    static final ArchRule each_library_has_its_room = noClasses()
            .that()
            .resideOutsideOfPackages("..registry.avro..", "..registry.protobuf..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.avro..", "com.google.protobuf..", "com.squareup..", "kotlin..");
}
