package dev.mastic.embedded;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "dev.mastic.embedded", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule knows_nothing_else_of_mastic = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.mastic.wire..", "dev.mastic.catalog..", "dev.mastic.server..", "org.apache.spark..");

    @ArchTest
    static final ArchRule stores_do_not_know_each_other =
            slices().matching("dev.mastic.embedded.(*)..").should().notDependOnEachOther();
}
