package dev.mastic.crawler.connection;

import dev.mastic.crawler.source.SourceException;
import dev.mastic.warehouse.connection.Secrets;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Connection;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;

import java.util.Map;
import java.util.Optional;

/** A connection of the catalog, with its secrets, which {@link #toString} leaves out. Immutable. */
public final class CatalogConnection {
    private final String name;
    private final String type;
    private final Map<String, String> properties;
    private final Secrets secrets;

    /**
     * Made of its parts.
     *
     * @param type a {@code ConnectionType}
     * @param properties with secrets
     */
    public CatalogConnection(String name, String type, Map<String, String> properties) {
        this.name = name;
        this.type = type;
        this.properties = Map.copyOf(properties);
        this.secrets = Secrets.of(this.properties);
    }

    /**
     * Reads a connection from the catalog.
     *
     * @param type the {@code ConnectionType} that it must have
     * @throws SourceException naming it, when it is missing or of another type
     */
    public static CatalogConnection load(GlueClient catalog, String name, String type) {
        Connection connection;
        try {
            connection = catalog.getConnection(request -> request.name(name)).connection();
        } catch (EntityNotFoundException e) {
            throw new SourceException(
                    "Connection " + name + " does not exist; create it or correct the target's ConnectionName", e);
        }
        if (!type.equals(connection.connectionTypeAsString())) {
            throw new SourceException("Connection " + name + " is of type " + connection.connectionTypeAsString()
                    + "; the target needs one of type " + type);
        }
        return new CatalogConnection(name, type, connection.connectionPropertiesAsStrings());
    }

    /** Its name in the catalog. */
    public String name() {
        return name;
    }

    /** A property of the connection, if it has it and it is not blank. */
    public Optional<String> property(String key) {
        return Optional.ofNullable(properties.get(key)).filter(value -> !value.isBlank());
    }

    /** The text with {@code ***} for all that is secret in this connection. */
    public String hide(String text) {
        return secrets.hide(text);
    }

    /**
     * A failure of this connection, for people.
     *
     * @param reason may hold secrets; they are hidden, and so no cause is attached
     */
    public SourceException failed(String reason) {
        return new SourceException("Connection " + name + " " + hide(reason));
    }

    @Override
    public String toString() {
        return "Connection " + name + " of type " + type;
    }
}
