package dev.mastic.catalog;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Comparator;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.PropertyPredicate;
import software.amazon.awssdk.services.glue.model.ResourceShareType;
import software.amazon.awssdk.services.glue.model.SearchTablesRequest;
import software.amazon.awssdk.services.glue.model.Sort;
import software.amazon.awssdk.services.glue.model.SortCriterion;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TableSearchIT extends CatalogOnPostgres {
    @BeforeEach
    void forgetOtherTables() throws SQLException {
        execute("delete from catalog.table_entry");
    }

    private void create(Consumer<TableInput.Builder> input) {
        glue.createTable(request -> request.databaseName(database).tableInput(input));
    }

    private static List<String> found(Consumer<SearchTablesRequest.Builder> request) {
        return glue.searchTablesPaginator(request).stream()
                .flatMap(page -> page.tableList().stream())
                .map(Table::name)
                .toList();
    }

    private static List<String> text(String text) {
        return found(request -> request.searchText(text));
    }

    private static List<String> filter(String key, String value) {
        return found(request -> request.filters(filtered(key, value, null)));
    }

    private static PropertyPredicate filtered(String key, String value, Comparator comparator) {
        return PropertyPredicate.builder()
                .key(key)
                .value(value)
                .comparator(comparator)
                .build();
    }

    @Test
    void findsWordsAndNoPartsOfWords() {
        create(input -> input.name("customer-link"));
        create(input -> input.name("xx-link-yy"));
        create(input -> input.name("xxlinkyy"));
        create(input -> input.name("über_straße:größe"));

        assertThat(text("link")).containsExactly("customer-link", "xx-link-yy");
        assertThat(text("LINK customer")).containsExactly("customer-link");
        assertThat(text("link, nothing")).isEmpty();
        assertThat(text("GRÖSSE")).isEmpty();
        assertThat(text("Größe")).containsExactly("über_straße:größe");
        assertThat(filter("Name", "link")).containsExactly("customer-link", "xx-link-yy");
        assertThat(filter("Name", "\"customer-link\"")).containsExactly("customer-link");
        assertThat(filter("Name", "\"link\"")).isEmpty();
        assertThatThrownBy(() -> text("--")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> filter("Name", "#")).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void searchesAllThatDescribesATable() {
        create(input -> input.name("t")
                .description("Orders of the shop")
                .owner("Ada")
                .tableType("EXTERNAL_TABLE")
                .parameters(Map.of("classification", "parquet", "metadata_location", "s3://b/uuid.json"))
                .partitionKeys(Column.builder()
                        .name("day")
                        .type("date")
                        .comment("when ordered")
                        .build())
                .storageDescriptor(storage -> storage.location("s3://bucket/prefix")
                        .columns(Column.builder()
                                .name("price_eur")
                                .type("double")
                                .comment("gross amount")
                                .build())));
        create(input -> input.name("other"));

        for (String word : List.of(
                "orders",
                "shop",
                "ada",
                "external",
                "parquet",
                "classification",
                "day",
                "ordered",
                "price",
                "gross",
                "prefix",
                database + " t",
                "\"Orders of the shop\"",
                "\"gross amount\"",
                "\"s3://bucket/prefix\"")) {
            assertThat(text(word)).as(word).containsExactly("t");
        }
        for (String word : List.of("uuid", "double", "\"Orders\"", "\"gross\"")) {
            assertThat(text(word)).as(word).isEmpty();
        }
        assertThat(filter("metadata_location", "uuid")).containsExactly("t");
        assertThat(text(database)).containsExactly("other", "t");
    }

    @Test
    void filtersByPropertiesAndParameters() {
        create(input -> input.name("a").owner("ada").tableType("VIRTUAL_VIEW").parameters(Map.of("team", "red fox")));
        create(input -> input.name("b").owner("bob").parameters(Map.of("team", "red hen")));
        String first = database;
        newDatabase();
        create(input -> input.name("c").owner("ada").storageDescriptor(storage -> storage.location("s3://x/y")));

        assertThat(filter("Owner", "ada")).containsExactly("a", "c");
        assertThat(filter("tabletype", "view")).containsExactly("a");
        assertThat(filter("team", "red")).containsExactly("a", "b");
        assertThat(filter("team", "\"Red Hen\"")).containsExactly("b");
        assertThat(filter("DatabaseName", first)).containsExactly("a", "b");
        assertThat(filter("Location", "x")).containsExactly("c");
        assertThat(filter("nothing", "x")).isEmpty();
        assertThat(found(request -> request.searchText("red")
                        .filters(filtered("Owner", "ada", null), filtered("DatabaseName", first, null))))
                .containsExactly("a");
        assertThat(found(request -> {})).containsExactly("a", "b", "c");
        assertThatThrownBy(() -> found(request -> request.filters(filtered("Owner", "a", Comparator.LESS_THAN))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is for times");
        assertThatThrownBy(() -> found(request -> request.filters(filtered("Owner", null, null))))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void comparesTimes() {
        for (int day = 1; day <= 3; day++) {
            Instant accessed = Instant.parse("2026-01-0" + day + "T12:00:00Z");
            create(input -> input.name("t" + accessed.toString().charAt(9)).lastAccessTime(accessed));
        }
        create(input -> input.name("never"));

        Map<Comparator, List<String>> expected = Map.of(
                Comparator.EQUALS, List.of("t2"),
                Comparator.GREATER_THAN, List.of("t3"),
                Comparator.GREATER_THAN_EQUALS, List.of("t2", "t3"),
                Comparator.LESS_THAN, List.of("t1"),
                Comparator.LESS_THAN_EQUALS, List.of("t1", "t2"));
        for (String time : List.of(
                "2026-01-02T12:00:00Z",
                "2026-01-02 12:00:00",
                "2026-01-02T13:00:00+01:00",
                "2026-01-02T12:00",
                "1767355200",
                "1767355200.0")) {
            expected.forEach((comparator, names) -> assertThat(
                            found(request -> request.filters(filtered("LastAccessTime", time, comparator))))
                    .as("%s %s", comparator, time)
                    .containsExactlyElementsOf(names));
        }
        assertThat(filter("LastAccessTime", "2026-01-02T12:00:00Z")).containsExactly("t2");
        assertThat(found(request -> request.filters(
                        filtered("LastAccessTime", "2026-01-02", Comparator.GREATER_THAN),
                        filtered("LastAccessTime", "2026-01-03", Comparator.LESS_THAN))))
                .containsExactly("t2");
        assertThat(found(request -> request.filters(filtered("CreateTime", "2026-01-01", Comparator.GREATER_THAN))))
                .hasSize(4);
        for (String wrong : List.of("yesterday", "2026-13-01", "", "2026-01-02T25:00:00Z", "99999999999999")) {
            assertThatThrownBy(() -> filter("LastAccessTime", wrong))
                    .as(wrong)
                    .isInstanceOf(InvalidInputException.class);
        }
    }

    @Test
    void pagesThroughWhatIsFoundInEveryOrder() {
        for (int i = 0; i < 23; i++) {
            String owner = "o" + i % 4;
            String name = String.format("t%02d", i);
            Instant time = Instant.ofEpochSecond(-1_000 + 97L * (i * 7 % 23), i);
            create(input -> {
                input.name(name).description("searched");
                if (!owner.equals("o3")) {
                    input.owner(owner).lastAccessTime(time);
                }
            });
        }
        create(input -> input.name("not"));

        List<String> all =
                IntStream.range(0, 23).mapToObj(i -> String.format("t%02d", i)).toList();
        assertThat(found(request -> request.searchText("searched").maxResults(5)))
                .containsExactlyElementsOf(all);
        for (String field : List.of("Name", "DatabaseName", "Owner", "LastAccessTime", "UpdateTime", "Location")) {
            for (Sort sort : List.of(Sort.ASC, Sort.DESC)) {
                List<Table> sorted = glue
                        .searchTablesPaginator(request -> request.searchText("searched")
                                .maxResults(4)
                                .sortCriteria(SortCriterion.builder()
                                        .fieldName(field)
                                        .sort(sort)
                                        .build()))
                        .stream()
                        .flatMap(page -> page.tableList().stream())
                        .toList();
                assertThat(sorted)
                        .as("%s %s", field, sort)
                        .extracting(Table::name)
                        .containsExactlyInAnyOrderElementsOf(all);
                List<String> owners = new ArrayList<>(
                        sorted.stream().map(Table::owner).map(String::valueOf).toList());
                List<Instant> times = new ArrayList<>(sorted.stream()
                        .map(table -> table.lastAccessTime() == null ? Instant.MIN : table.lastAccessTime())
                        .toList());
                if (sort == Sort.DESC) {
                    Collections.reverse(owners);
                    Collections.reverse(times);
                }
                if (field.equals("Owner")) {
                    Collections.replaceAll(owners, "null", "");
                    assertThat(owners).as("%s %s", field, sort).isSorted();
                } else if (field.equals("LastAccessTime")) {
                    assertThat(times).as("%s %s", field, sort).isSorted();
                }
            }
        }
        assertThat(glue.searchTables(request -> request.maxResults(24)).nextToken())
                .isNull();
    }

    @Test
    void findsTablesFromBeforeTheIndexOfWords() throws SQLException {
        create(input -> input.name("old").description("Find me"));
        create(input -> input.name("new").description("Find me"));
        create(input -> input.name("not"));
        execute("update catalog.table_entry set search_tokens = null where name = 'old'");
        assertThat(text("find")).containsExactly("new", "old");
        assertThat(filter("Description", "me find")).containsExactly("new", "old");
    }

    @Test
    void findsByWhatTheLastUpdateSays() {
        create(input -> input.name("t").description("before"));
        update("t", "after", null, false);
        assertThat(text("before")).isEmpty();
        assertThat(text("after")).containsExactly("t");
        glue.deleteTable(request -> request.databaseName(database).name("t"));
        assertThat(text("after")).isEmpty();
    }

    @Test
    void takesTablesOfManyWordsAndLongOnes() {
        String longWord = "x".repeat(300);
        create(input -> input.name("wide")
                .description(longWord)
                .storageDescriptor(storage -> storage.columns(IntStream.range(0, 6000)
                        .mapToObj(
                                i -> Column.builder().name("c" + i).type("int").build())
                        .toList())));
        create(input -> input.name("long").description(longWord));
        assertThat(text("c5999")).containsExactly("wide");
        assertThat(text(longWord)).containsExactly("long", "wide");
        assertThat(text("\"" + longWord + "\"")).containsExactly("long", "wide");
    }

    @Test
    void refusesWhatCannotBe() {
        create(input -> input.name("a"));
        create(input -> input.name("b"));
        assertThat(found(request -> request.resourceShareType(ResourceShareType.ALL)))
                .hasSize(2);
        assertThat(found(request -> request.resourceShareType(ResourceShareType.FOREIGN)))
                .isEmpty();
        assertThatThrownBy(() -> found(request -> request.catalogId("1"))).isInstanceOf(EntityNotFoundException.class);
        SortCriterion name = SortCriterion.builder().fieldName("Name").build();
        for (Consumer<SearchTablesRequest.Builder> wrong : List.<Consumer<SearchTablesRequest.Builder>>of(
                request -> request.maxResults(0),
                request -> request.maxResults(1001),
                request -> request.searchText(""),
                request -> request.searchText("x".repeat(1025)),
                request -> request.nextToken("x"),
                request -> request.nextToken(
                        glue.getTables(tables -> tables.databaseName(database).maxResults(1))
                                .nextToken()),
                request -> request.sortCriteria(name, name),
                request -> request.sortCriteria(
                        SortCriterion.builder().fieldName("Nothing").build()),
                request -> request.sortCriteria(name.toBuilder().sort("UP").build()))) {
            assertThatThrownBy(() -> glue.searchTables(wrong)).isInstanceOf(InvalidInputException.class);
        }
    }
}
