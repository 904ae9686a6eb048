package dev.mastic.server;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@AnalyzeClasses(packages = "dev.mastic", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule engines_know_the_catalog_only_as_a_glue_client = noClasses()
            .that()
            .resideInAnyPackage("dev.mastic.crawler..", "dev.mastic.bookmarks..", "dev.mastic.orchestration..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.mastic.catalog..", "dev.mastic.server..");

    @ArchTest
    static final ArchRule json_is_read_and_written_in_one_place = noClasses()
            .that()
            .resideOutsideOfPackage("dev.mastic.wire..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml.jackson..");

    @ArchTest
    static final ArchRule only_the_server_knows_its_http_server = noClasses()
            .that()
            .resideOutsideOfPackage("dev.mastic.server.http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.eclipse.jetty..");

    @Test
    void sparkIsNotOnTheClassPathOfTheServer() {
        assertThatThrownBy(() -> Class.forName("org.apache.spark.sql.SparkSession"))
                .isInstanceOf(ClassNotFoundException.class);
    }
}
