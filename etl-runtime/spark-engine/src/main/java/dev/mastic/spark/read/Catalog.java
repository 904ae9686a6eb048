package dev.mastic.spark.read;

import dev.mastic.job.TableName;
import dev.mastic.spark.failure.JobFailure;
import dev.mastic.warehouse.connection.WarehouseConnection;
import dev.mastic.warehouse.connection.WarehouseException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetPartitionsRequest;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.Table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a run asks the catalog. Thread-safe. */
public final class Catalog {
    private final GlueClient glue;

    public Catalog(GlueClient glue) {
        this.glue = glue;
    }

    /**
     * A table.
     *
     * @throws JobFailure when the table or its database is missing
     */
    public Table loadTable(TableName name) {
        return findTable(name)
                .orElseThrow(() -> new JobFailure("Table " + name + " not found in the catalog; let a crawler find it,"
                        + " create it, or correct its name"));
    }

    /**
     * A table of a database that must be there.
     *
     * @throws JobFailure when the database is missing
     */
    public Optional<Table> findTable(TableName name) {
        try {
            return Optional.of(glue.getTable(
                            request -> request.databaseName(name.database()).name(name.table()))
                    .table());
        } catch (EntityNotFoundException e) {
            requireDatabase(name.database());
            return Optional.empty();
        } catch (GlueException | SdkClientException e) {
            throw new JobFailure("The catalog does not tell of table " + name + ": " + e.getMessage(), e);
        }
    }

    /**
     * A database that a connection of the catalog leads to.
     *
     * @throws JobFailure when there is no such connection, or none of a database
     */
    public WarehouseConnection loadWarehouse(String connection) {
        try {
            return WarehouseConnection.load(glue, connection);
        } catch (WarehouseException e) {
            throw new JobFailure(String.valueOf(e.getMessage()), e);
        } catch (GlueException | SdkClientException e) {
            throw new JobFailure("The catalog does not tell of connection " + connection + ": " + e.getMessage(), e);
        }
    }

    /**
     * A table that files may be written to, when it is there.
     *
     * @param place begin of the message
     * @throws JobFailure when the database is missing, or the table's rows are not those of its files
     */
    public Optional<Table> findFileTable(String place, TableName name) {
        Optional<Table> found = findTable(name);
        found.ifPresent(table -> CatalogFormat.requireFiles(place, name, table));
        return found;
    }

    private void requireDatabase(String database) {
        try {
            glue.getDatabase(request -> request.name(database));
        } catch (EntityNotFoundException e) {
            throw new JobFailure(
                    "Database " + database + " not found in the catalog; create it, or correct its name", e);
        } catch (GlueException | SdkClientException e) {
            throw new JobFailure("The catalog does not tell of database " + database + ": " + e.getMessage(), e);
        }
    }

    /**
     * The partitions of a table.
     *
     * @param where condition on the partition keys, null for all
     */
    public List<Partition> partitions(TableName name, @Nullable String where) {
        GetPartitionsRequest.Builder request = GetPartitionsRequest.builder()
                .databaseName(name.database())
                .tableName(name.table())
                .excludeColumnSchema(true)
                .maxResults(1000);
        if (where != null) {
            request.expression(where);
        }
        try {
            List<Partition> partitions = new ArrayList<>();
            glue.getPartitionsPaginator(request.build()).forEach(page -> partitions.addAll(page.partitions()));
            return partitions;
        } catch (GlueException | SdkClientException e) {
            String of = where == null ? "" : " where " + where;
            throw new JobFailure("The catalog does not list the partitions of " + name + of + ": " + e.getMessage(), e);
        }
    }
}
