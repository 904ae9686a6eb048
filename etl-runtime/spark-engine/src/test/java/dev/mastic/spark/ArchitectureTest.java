package dev.mastic.spark;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

@AnalyzeClasses(packages = "dev.mastic.spark", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule NO_PACKAGE_CYCLES = SlicesRuleDefinition.slices()
            .matching("dev.mastic.spark.(*)..")
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule ROOMS_DO_NOT_KNOW_THE_DRIVER = ArchRuleDefinition.noClasses()
            .that()
            .resideInAPackage("dev.mastic.spark.(*)..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.mastic.spark");

    @ArchTest
    static final ArchRule NO_JACKSON_AND_NO_DATABASE_OF_THE_SERVER = ArchRuleDefinition.noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml.jackson..", "org.jdbi..", "org.postgresql..");

    @ArchTest
    static final ArchRule ROWS_OF_DATABASES_ARE_KNOWN_IN_THEIR_ROOMS = ArchRuleDefinition.noClasses()
            .that()
            .resideOutsideOfPackages("dev.mastic.spark.jdbc..", "dev.mastic.spark.dynamodb..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.sql..");
}
