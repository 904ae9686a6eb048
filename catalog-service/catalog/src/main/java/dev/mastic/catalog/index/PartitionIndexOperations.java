package dev.mastic.catalog.index;

import dev.mastic.catalog.index.definition.IndexDefinition;
import dev.mastic.catalog.index.definition.IndexStore;
import dev.mastic.catalog.store.CatalogId;
import dev.mastic.catalog.store.Errors;
import dev.mastic.catalog.store.Names;
import dev.mastic.catalog.store.PageToken;
import dev.mastic.catalog.store.Texts;
import dev.mastic.catalog.store.Transactions;
import dev.mastic.catalog.table.RowLock;
import dev.mastic.catalog.table.TableEntity;
import dev.mastic.catalog.table.TableStore;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.CreatePartitionIndexRequest;
import software.amazon.awssdk.services.glue.model.CreatePartitionIndexResponse;
import software.amazon.awssdk.services.glue.model.DeletePartitionIndexRequest;
import software.amazon.awssdk.services.glue.model.DeletePartitionIndexResponse;
import software.amazon.awssdk.services.glue.model.GetPartitionIndexesRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionIndexesResponse;
import software.amazon.awssdk.services.glue.model.PartitionIndexDescriptor;

import java.util.List;

/**
 * Glue's operations on partition indexes. The catalog finds partitions by PostgreSQL's indexes whether a table has
 * partition indexes or not, so there is nothing to build: an index is ACTIVE, or FAILED with its BackfillErrors, as soon
 * as it is created, and gone as soon as it is deleted. What an index brings is its promise: names, types and order of the
 * table's partition keys stay as they are, and values of the index's keys are of their types. Thread-safe.
 */
public final class PartitionIndexOperations implements GlueClient {
    private static final int LARGEST_PAGE = 100;

    private final Transactions transactions;
    private final CatalogId catalogId;

    /** On one catalog. */
    public PartitionIndexOperations(Transactions transactions, CatalogId catalogId) {
        this.transactions = transactions;
        this.catalogId = catalogId;
    }

    @Override
    public CreatePartitionIndexResponse createPartitionIndex(CreatePartitionIndexRequest request) {
        catalogId.check(request.catalogId());
        String database = Names.fold(request.databaseName(), "Database");
        String name = Names.fold(request.tableName(), "Table");
        return transactions.run(session -> {
            // Holds off all who add partitions: they see the index, or the index sees their partitions.
            TableEntity table = new TableStore(session).load(database, name, RowLock.UPDATE);
            String shown = database + "." + name;
            IndexDefinition index = IndexDefinition.of(
                    request.partitionIndex(), TableStore.read(table).partitionKeys(), shown);
            new IndexStore(session).add(table.id(), index, shown);
            return CreatePartitionIndexResponse.builder().build();
        });
    }

    @Override
    public GetPartitionIndexesResponse getPartitionIndexes(GetPartitionIndexesRequest request) {
        catalogId.check(request.catalogId());
        String database = Names.fold(request.databaseName(), "Database");
        String name = Names.fold(request.tableName(), "Table");
        String after = PageToken.readOne(request.nextToken());
        return transactions.run(session -> {
            TableEntity table = new TableStore(session).load(database, name);
            List<PartitionIndexDescriptor> found = new IndexStore(session).list(table.id(), after, LARGEST_PAGE + 1);
            List<PartitionIndexDescriptor> page = found.subList(0, Math.min(LARGEST_PAGE, found.size()));
            return GetPartitionIndexesResponse.builder()
                    .partitionIndexDescriptorList(page)
                    .nextToken(
                            found.size() > LARGEST_PAGE
                                    ? PageToken.after(
                                            List.of(page.get(LARGEST_PAGE - 1).indexName()))
                                    : null)
                    .build();
        });
    }

    @Override
    public DeletePartitionIndexResponse deletePartitionIndex(DeletePartitionIndexRequest request) {
        catalogId.check(request.catalogId());
        String database = Names.fold(request.databaseName(), "Database");
        String name = Names.fold(request.tableName(), "Table");
        if (request.indexName() == null) {
            throw Errors.invalid("IndexName is missing");
        }
        Texts.requireStorable(request.indexName(), "IndexName");
        return transactions.run(session -> {
            TableEntity table = new TableStore(session).load(database, name, RowLock.UPDATE);
            if (!new IndexStore(session).delete(table.id(), request.indexName())) {
                throw Errors.missing("Index " + request.indexName() + " of table " + database + "." + name);
            }
            return DeletePartitionIndexResponse.builder().build();
        });
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
