package dev.mastic.crawler;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "dev.mastic.crawler", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule packages_are_free_of_cycles =
            slices().matching("dev.mastic.crawler.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule knows_the_catalog_only_as_a_glue_client = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.mastic.catalog..", "dev.mastic.server..", "org.apache.spark..", "org.hibernate..");

    @ArchTest
    static final ArchRule jackson_stays_on_the_wire =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("com.fasterxml..");

    @ArchTest
    static final ArchRule what_decides_reads_and_writes_nothing = noClasses()
            .that()
            .resideInAnyPackage("..infer..", "..partition..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon.awssdk.services.s3..", "java.sql..", "org.jdbi..", "java.net.http..");

    @ArchTest
    static final ArchRule text_knows_nothing_else_of_ours = noClasses()
            .that()
            .resideInAPackage("dev.mastic.crawler.text..")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("dev.mastic..").and(resideOutsideOfPackage("dev.mastic.crawler.text..")));
}
