package dev.mastic.catalog.security;

import dev.mastic.catalog.store.CatalogId;
import dev.mastic.catalog.store.Errors;
import dev.mastic.catalog.store.Names;
import dev.mastic.catalog.store.PageToken;
import dev.mastic.catalog.store.Texts;
import dev.mastic.catalog.store.Transactions;
import dev.mastic.wire.GlueJson;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.CatalogEncryptionMode;
import software.amazon.awssdk.services.glue.model.CreateSecurityConfigurationRequest;
import software.amazon.awssdk.services.glue.model.CreateSecurityConfigurationResponse;
import software.amazon.awssdk.services.glue.model.DataCatalogEncryptionSettings;
import software.amazon.awssdk.services.glue.model.DeleteSecurityConfigurationRequest;
import software.amazon.awssdk.services.glue.model.DeleteSecurityConfigurationResponse;
import software.amazon.awssdk.services.glue.model.EncryptionAtRest;
import software.amazon.awssdk.services.glue.model.EncryptionConfiguration;
import software.amazon.awssdk.services.glue.model.GetDataCatalogEncryptionSettingsRequest;
import software.amazon.awssdk.services.glue.model.GetDataCatalogEncryptionSettingsResponse;
import software.amazon.awssdk.services.glue.model.GetSecurityConfigurationRequest;
import software.amazon.awssdk.services.glue.model.GetSecurityConfigurationResponse;
import software.amazon.awssdk.services.glue.model.GetSecurityConfigurationsRequest;
import software.amazon.awssdk.services.glue.model.GetSecurityConfigurationsResponse;
import software.amazon.awssdk.services.glue.model.PutDataCatalogEncryptionSettingsRequest;
import software.amazon.awssdk.services.glue.model.PutDataCatalogEncryptionSettingsResponse;
import software.amazon.awssdk.services.glue.model.SecurityConfiguration;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Glue's operations on security configurations, which are kept and not used by runs, and on the encryption settings of the
 * catalog, of which this server can have one: without AWS KMS nothing in the catalog is encrypted but the secrets of
 * connections, and those by the server's own key. Thread-safe.
 */
public final class SecurityOperations implements GlueClient {
    private static final int LARGEST_PAGE = 1000;

    private static final DataCatalogEncryptionSettings SETTINGS = DataCatalogEncryptionSettings.builder()
            .encryptionAtRest(atRest -> atRest.catalogEncryptionMode(CatalogEncryptionMode.DISABLED))
            .connectionPasswordEncryption(passwords -> passwords.returnConnectionPasswordEncrypted(false))
            .build();

    private final Transactions transactions;
    private final CatalogId catalogId;

    /** On one catalog. */
    public SecurityOperations(Transactions transactions, CatalogId catalogId) {
        this.transactions = transactions;
        this.catalogId = catalogId;
    }

    @Override
    public CreateSecurityConfigurationResponse createSecurityConfiguration(CreateSecurityConfigurationRequest request) {
        String name = name(request.name());
        EncryptionConfiguration encryption = request.encryptionConfiguration();
        if (encryption == null) {
            throw Errors.invalid("EncryptionConfiguration is missing");
        }
        KmsKeys.check("Security configuration " + name, encryption);
        Instant created = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        String definition = Texts.definition(
                SecurityConfiguration.builder()
                        .name(name)
                        .createdTimeStamp(created)
                        .encryptionConfiguration(encryption)
                        .build(),
                "Security configuration " + name);
        boolean isNew = transactions.run(session -> new SecurityStore(session).add(name, definition));
        if (!isNew) {
            throw AlreadyExistsException.builder()
                    .message("Security configuration " + name + " already exists.")
                    .build();
        }
        return CreateSecurityConfigurationResponse.builder()
                .name(name)
                .createdTimestamp(created)
                .build();
    }

    @Override
    public GetSecurityConfigurationResponse getSecurityConfiguration(GetSecurityConfigurationRequest request) {
        String name = name(request.name());
        String definition = transactions.run(session -> new SecurityStore(session)
                .find(name)
                .orElseThrow(() -> Errors.missing("Security configuration " + name)));
        return GetSecurityConfigurationResponse.builder()
                .securityConfiguration(GlueJson.read(definition, SecurityConfiguration.class))
                .build();
    }

    @Override
    public GetSecurityConfigurationsResponse getSecurityConfigurations(GetSecurityConfigurationsRequest request) {
        int size = PageToken.size(request.maxResults(), LARGEST_PAGE);
        String after = PageToken.readOne(request.nextToken());
        List<SecurityConfiguration> found = transactions.run(session -> new SecurityStore(session)
                .list(after, size + 1).stream()
                        .map(definition -> GlueJson.read(definition, SecurityConfiguration.class))
                        .toList());
        List<SecurityConfiguration> page = found.subList(0, Math.min(size, found.size()));
        return GetSecurityConfigurationsResponse.builder()
                .securityConfigurations(page)
                .nextToken(
                        found.size() > size
                                ? PageToken.after(List.of(page.get(size - 1).name()))
                                : null)
                .build();
    }

    @Override
    public DeleteSecurityConfigurationResponse deleteSecurityConfiguration(DeleteSecurityConfigurationRequest request) {
        String name = name(request.name());
        boolean wasThere = transactions.run(session -> new SecurityStore(session).delete(name));
        if (!wasThere) {
            throw Errors.missing("Security configuration " + name);
        }
        return DeleteSecurityConfigurationResponse.builder().build();
    }

    @Override
    public PutDataCatalogEncryptionSettingsResponse putDataCatalogEncryptionSettings(
            PutDataCatalogEncryptionSettingsRequest request) {
        catalogId.check(request.catalogId());
        DataCatalogEncryptionSettings settings = request.dataCatalogEncryptionSettings();
        if (settings == null) {
            throw Errors.invalid("DataCatalogEncryptionSettings is missing");
        }
        EncryptionAtRest atRest = settings.encryptionAtRest();
        if (atRest != null && !atRest.equals(SETTINGS.encryptionAtRest())) {
            throw Errors.invalid(
                    "EncryptionAtRest can only be DISABLED, without a key or a role: this server has no AWS"
                            + " KMS. Encrypt the disk of its PostgreSQL instead");
        }
        if (settings.connectionPasswordEncryption() != null
                && !settings.connectionPasswordEncryption().equals(SETTINGS.connectionPasswordEncryption())) {
            throw Errors.invalid("ConnectionPasswordEncryption can only have ReturnConnectionPasswordEncrypted false,"
                    + " without a key: who reads a connection would need AWS KMS to decrypt it. Passwords are encrypted"
                    + " in the database anyway, and hidden by HidePassword");
        }
        return PutDataCatalogEncryptionSettingsResponse.builder().build();
    }

    @Override
    public GetDataCatalogEncryptionSettingsResponse getDataCatalogEncryptionSettings(
            GetDataCatalogEncryptionSettingsRequest request) {
        catalogId.check(request.catalogId());
        return GetDataCatalogEncryptionSettingsResponse.builder()
                .dataCatalogEncryptionSettings(SETTINGS)
                .build();
    }

    private static String name(@Nullable String name) {
        if (name == null || Names.fold(name, "Security configuration").isEmpty()) {
            throw Errors.invalid("Security configuration name must not be empty");
        }
        return name;
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
