package dev.mastic.wire;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

@AnalyzeClasses(packages = "dev.mastic.wire", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule knows_no_other_part = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.mastic.catalog..",
                    "dev.mastic.crawler..",
                    "dev.mastic.bookmarks..",
                    "dev.mastic.orchestration..",
                    "dev.mastic.server..",
                    "org.apache.spark..");

    @ArchTest
    static final ArchRule rest_and_signatures_do_not_know_glue = noClasses()
            .that()
            .resideInAnyPackage("dev.mastic.wire.rest..", "dev.mastic.wire.sigv4..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon.awssdk..");
}
