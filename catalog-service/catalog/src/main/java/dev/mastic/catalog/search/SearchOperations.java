package dev.mastic.catalog.search;

import dev.mastic.catalog.search.SearchOrder.Position;
import dev.mastic.catalog.search.SearchStore.Key;
import dev.mastic.catalog.store.CatalogId;
import dev.mastic.catalog.store.PageToken;
import dev.mastic.catalog.store.Transactions;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.ResourceShareType;
import software.amazon.awssdk.services.glue.model.SearchTablesRequest;
import software.amazon.awssdk.services.glue.model.SearchTablesResponse;
import software.amazon.awssdk.services.glue.model.Table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Glue's SearchTables. Texts are compared word by word; {@code "in quotes"} a whole text is. Words are found by an index
 * of PostgreSQL, what else is asked is asked of each table that has them, with the memory of one page. A filter whose key
 * is no property of tables is one on a parameter of that name. Thread-safe.
 */
public final class SearchOperations implements GlueClient {
    private static final int LARGEST_PAGE = 1000;
    private static final int USUAL_PAGE = 100;

    private final Transactions transactions;
    private final CatalogId catalogId;

    /** On one catalog. */
    public SearchOperations(Transactions transactions, CatalogId catalogId) {
        this.transactions = transactions;
        this.catalogId = catalogId;
    }

    @Override
    public SearchTablesResponse searchTables(SearchTablesRequest request) {
        catalogId.check(request.catalogId());
        int size = request.maxResults() == null ? USUAL_PAGE : PageToken.size(request.maxResults(), LARGEST_PAGE);
        List<String> after = PageToken.read(request.nextToken());
        SearchCondition condition = SearchCondition.of(request.searchText(), request.filters());
        SearchOrder order = SearchOrder.of(request.sortCriteria());
        ResourceShareType share = request.resourceShareType();
        if (share == ResourceShareType.FOREIGN || share == ResourceShareType.FEDERATED) {
            // No other account and no other catalog shares tables with this one.
            return SearchTablesResponse.builder().tableList(List.of()).build();
        }
        return order == null
                ? byName(condition, after == null ? null : key(after), size)
                : sorted(condition, order, after == null ? null : Position.read(after), size);
    }

    private static Key key(List<String> parts) {
        if (parts.size() != 2) {
            throw PageToken.invalid();
        }
        return new Key(parts.get(0), parts.get(1));
    }

    private SearchTablesResponse byName(SearchCondition condition, @Nullable Key after, int size) {
        return transactions.run(session -> {
            List<Table> found = new ArrayList<>();
            new SearchStore(session).visit(condition.words(), after, table -> {
                if (condition.matches().test(table)) {
                    found.add(table);
                }
                return found.size() <= size;
            });
            boolean more = found.size() > size;
            List<Table> page = more ? found.subList(0, size) : found;
            Table last = more ? page.get(size - 1) : null;
            return SearchTablesResponse.builder()
                    .tableList(page)
                    .nextToken(last == null ? null : PageToken.after(List.of(last.databaseName(), last.name())))
                    .build();
        });
    }

    private SearchTablesResponse sorted(
            SearchCondition condition, SearchOrder order, @Nullable Position after, int size) {
        Comparator<Position> comparator = order.comparator();
        return transactions.run(session -> {
            TreeMap<Position, Table> first = new TreeMap<>(comparator);
            new SearchStore(session).visit(condition.words(), null, table -> {
                if (condition.matches().test(table)) {
                    Position position = order.position(table);
                    if (after == null || comparator.compare(position, after) > 0) {
                        first.put(position, table);
                        if (first.size() > size + 1) {
                            first.pollLastEntry();
                        }
                    }
                }
                return true;
            });
            boolean more = first.size() > size;
            if (more) {
                first.pollLastEntry();
            }
            return SearchTablesResponse.builder()
                    .tableList(first.values())
                    .nextToken(more ? PageToken.after(first.lastKey().key()) : null)
                    .build();
        });
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
