package dev.mastic.catalog;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.CatalogEncryptionMode;
import software.amazon.awssdk.services.glue.model.CloudWatchEncryptionMode;
import software.amazon.awssdk.services.glue.model.DataCatalogEncryptionSettings;
import software.amazon.awssdk.services.glue.model.EncryptionConfiguration;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.S3Encryption;
import software.amazon.awssdk.services.glue.model.S3EncryptionMode;
import software.amazon.awssdk.services.glue.model.SecurityConfiguration;

import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SecurityOperationsIT extends CatalogOnPostgres {
    private static final EncryptionConfiguration ENCRYPTION = EncryptionConfiguration.builder()
            .s3Encryption(S3Encryption.builder()
                    .s3EncryptionMode(S3EncryptionMode.SSE_KMS)
                    .kmsKeyArn("arn:aws:kms:us-east-1:123456789012:key/k")
                    .build())
            .cloudWatchEncryption(logs -> logs.cloudWatchEncryptionMode(CloudWatchEncryptionMode.DISABLED))
            .build();

    private static void create(String name) {
        glue.createSecurityConfiguration(request -> request.name(name).encryptionConfiguration(ENCRYPTION));
    }

    @Test
    void keepsSecurityConfigurations() {
        var created =
                glue.createSecurityConfiguration(request -> request.name("Kept").encryptionConfiguration(ENCRYPTION));

        assertThat(glue.getSecurityConfiguration(request -> request.name("Kept"))
                        .securityConfiguration())
                .isEqualTo(SecurityConfiguration.builder()
                        .name("Kept")
                        .createdTimeStamp(created.createdTimestamp())
                        .encryptionConfiguration(ENCRYPTION)
                        .build());
        assertThatThrownBy(() -> create("Kept")).isInstanceOf(AlreadyExistsException.class);
        glue.deleteSecurityConfiguration(request -> request.name("Kept"));
        assertThatThrownBy(() -> glue.deleteSecurityConfiguration(request -> request.name("Kept")))
                .isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> glue.getSecurityConfiguration(request -> request.name("Kept")))
                .isInstanceOf(EntityNotFoundException.class)
                .hasMessageContaining("Security configuration Kept not found");
    }

    @Test
    void listsSecurityConfigurationsInPages() {
        IntStream.range(0, 5).forEach(i -> create("page" + i));
        assertThat(glue.getSecurityConfigurationsPaginator(request -> request.maxResults(2)).stream()
                        .flatMap(page -> page.securityConfigurations().stream())
                        .map(SecurityConfiguration::name)
                        .filter(name -> name.startsWith("page")))
                .containsExactly("page0", "page1", "page2", "page3", "page4");
    }

    @Test
    void namesAMissingKey() {
        assertThatThrownBy(() -> glue.createSecurityConfiguration(request -> request.name("s")
                        .encryptionConfiguration(encryption -> encryption.cloudWatchEncryption(
                                logs -> logs.cloudWatchEncryptionMode(CloudWatchEncryptionMode.SSE_KMS)))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("CloudWatchEncryption has the mode SSE-KMS and no KmsKeyArn");
    }

    @Test
    void hasTheOneEncryptionOfTheCatalogThatNeedsNoKms() {
        DataCatalogEncryptionSettings settings =
                glue.getDataCatalogEncryptionSettings(request -> {}).dataCatalogEncryptionSettings();
        assertThat(settings.encryptionAtRest().catalogEncryptionMode()).isEqualTo(CatalogEncryptionMode.DISABLED);
        glue.putDataCatalogEncryptionSettings(request -> request.dataCatalogEncryptionSettings(settings));
        assertThatThrownBy(() -> glue.putDataCatalogEncryptionSettings(
                        request -> request.dataCatalogEncryptionSettings(changed -> changed.encryptionAtRest(
                                atRest -> atRest.catalogEncryptionMode(CatalogEncryptionMode.SSE_KMS)))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no AWS KMS");
        assertThatThrownBy(() -> glue.putDataCatalogEncryptionSettings(request ->
                        request.dataCatalogEncryptionSettings(changed -> changed.connectionPasswordEncryption(
                                passwords -> passwords.returnConnectionPasswordEncrypted(true)))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("HidePassword");
    }
}
