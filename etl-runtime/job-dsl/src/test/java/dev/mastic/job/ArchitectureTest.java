package dev.mastic.job;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

@AnalyzeClasses(packages = "dev.mastic.job", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule NEEDS_ONLY_THE_JDK = ArchRuleDefinition.classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.mastic.job..", "java..", "org.jspecify.annotations");

    @ArchTest
    static final ArchRule NO_PACKAGE_CYCLES = SlicesRuleDefinition.slices()
            .matching("dev.mastic.job.(**)..")
            .should()
            .beFreeOfCycles()
            .allowEmptyShould(true);
}
