package dev.mastic.orchestration;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "dev.mastic.orchestration", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule packages_have_no_cycles =
            slices().matching("dev.mastic.orchestration.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule parts_do_not_know_their_composition = noClasses()
            .that()
            .resideInAPackage("dev.mastic.orchestration.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.mastic.orchestration");

    @ArchTest
    static final ArchRule knows_neither_spark_nor_the_parts_beside_it = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.spark..",
                    "com.fasterxml.jackson..",
                    "dev.mastic.catalog..",
                    "dev.mastic.crawler..",
                    "dev.mastic.server..");
}
