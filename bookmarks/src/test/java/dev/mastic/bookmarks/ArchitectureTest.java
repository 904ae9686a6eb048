package dev.mastic.bookmarks;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "dev.mastic.bookmarks", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule packages_have_no_cycles =
            slices().matching("dev.mastic.bookmarks.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule records_know_none_of_their_users = noClasses()
            .that()
            .resideInAPackage("dev.mastic.bookmarks")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.mastic.bookmarks.*..");

    @ArchTest
    static final ArchRule knows_neither_spark_nor_the_parts_above = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.spark..",
                    "com.fasterxml.jackson..",
                    "dev.mastic.catalog..",
                    "dev.mastic.orchestration..",
                    "dev.mastic.server..");

    @ArchTest
    static final ArchRule what_a_driver_loads_needs_no_database = noClasses()
            .that()
            .resideInAnyPackage("dev.mastic.bookmarks", "dev.mastic.bookmarks.driver")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.jdbi..", "org.flywaydb..", "java.sql..");
}
