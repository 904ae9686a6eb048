package dev.mastic.warehouse;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "dev.mastic.warehouse", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule packages_have_no_cycles =
            slices().matching("dev.mastic.warehouse.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule knows_nothing_else_of_ours_and_no_spark = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.spark..",
                    "com.fasterxml.jackson..",
                    "org.jdbi..",
                    "dev.mastic.wire..",
                    "dev.mastic.bookmarks..",
                    "dev.mastic.crawler..",
                    "dev.mastic.catalog..");
}
