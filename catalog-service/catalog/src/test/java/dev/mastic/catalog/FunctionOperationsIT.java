package dev.mastic.catalog;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.FunctionType;
import software.amazon.awssdk.services.glue.model.GetUserDefinedFunctionsRequest;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.PrincipalType;
import software.amazon.awssdk.services.glue.model.ResourceType;
import software.amazon.awssdk.services.glue.model.ResourceUri;
import software.amazon.awssdk.services.glue.model.UserDefinedFunction;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FunctionOperationsIT extends CatalogOnPostgres {
    private void createFunction(String name) {
        createFunction(name, null);
    }

    private void createFunction(String name, FunctionType type) {
        glue.createUserDefinedFunction(request -> request.databaseName(database)
                .functionInput(input ->
                        input.functionName(name).className("dev.Function").functionType(type)));
    }

    private UserDefinedFunction function(String name) {
        return glue.getUserDefinedFunction(
                        request -> request.databaseName(database).functionName(name))
                .userDefinedFunction();
    }

    private static List<String> names(Consumer<GetUserDefinedFunctionsRequest.Builder> request) {
        return glue.getUserDefinedFunctionsPaginator(request).stream()
                .flatMap(page -> page.userDefinedFunctions().stream())
                .map(UserDefinedFunction::functionName)
                .toList();
    }

    @Test
    void keepsAFunctionAsItWasGiven() {
        glue.createUserDefinedFunction(request -> request.databaseName(database.toUpperCase(Locale.ROOT))
                .functionInput(input -> input.functionName("Area_Of")
                        .className("com.example.Area")
                        .ownerName("Ada")
                        .ownerType(PrincipalType.USER)
                        .functionType(FunctionType.AGGREGATE_FUNCTION)
                        .resourceUris(ResourceUri.builder()
                                .resourceType(ResourceType.JAR)
                                .uri("s3://b/area.jar")
                                .build())));

        UserDefinedFunction found = function("AREA_OF");
        assertThat(found.createTime()).isNotNull();
        assertThat(found)
                .isEqualTo(UserDefinedFunction.builder()
                        .functionName("area_of")
                        .databaseName(database)
                        .catalogId("123456789012")
                        .className("com.example.Area")
                        .ownerName("Ada")
                        .ownerType(PrincipalType.USER)
                        .functionType(FunctionType.AGGREGATE_FUNCTION)
                        .createTime(found.createTime())
                        .resourceUris(ResourceUri.builder()
                                .resourceType(ResourceType.JAR)
                                .uri("s3://b/area.jar")
                                .build())
                        .build());

        glue.updateUserDefinedFunction(request -> request.databaseName(database)
                .functionName("area_of")
                .functionInput(input -> input.className("com.example.Area2")));
        assertThat(function("area_of"))
                .isEqualTo(UserDefinedFunction.builder()
                        .functionName("area_of")
                        .databaseName(database)
                        .catalogId("123456789012")
                        .className("com.example.Area2")
                        .createTime(found.createTime())
                        .build());

        glue.deleteUserDefinedFunction(request -> request.databaseName(database).functionName("Area_of"));
        assertThatThrownBy(() -> function("area_of"))
                .isInstanceOf(EntityNotFoundException.class)
                .hasMessageContaining("Function " + database + ".area_of not found");
    }

    @Test
    void findsFunctionsByPatternInPages() {
        IntStream.range(0, 25).forEach(i -> createFunction(String.format("trino__f%02d__%s", i % 5, i)));
        createFunction("other.*");

        assertThat(names(request -> request.databaseName(database)
                        .pattern("\\Qtrino__f03__\\E.*")
                        .maxResults(2)))
                .containsExactly(
                        "trino__f03__13", "trino__f03__18", "trino__f03__23", "trino__f03__3", "trino__f03__8");
        assertThat(names(request -> request.databaseName(database).pattern("\\QOTHER.*\\E")))
                .containsExactly("other.*");
        assertThat(names(request -> request.databaseName(database).pattern("trino")))
                .isEmpty();
        assertThat(names(request -> request.databaseName(database).pattern(".*").maxResults(10)))
                .hasSize(26)
                .isSorted();
        assertThat(names(request -> request.databaseName(database).pattern("*")))
                .hasSize(26);
        assertThatThrownBy(() -> names(request -> request.databaseName(database).pattern("(")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Pattern '(' is not a valid regular expression");
    }

    @Test
    void listsAFullPageAndNamesTheNext() {
        IntStream.range(0, 100).forEach(i -> createFunction(String.format("f%03d", i)));
        assertThat(glue.getUserDefinedFunctions(
                                request -> request.databaseName(database).pattern(".*"))
                        .nextToken())
                .isNull();
        createFunction("f100");
        assertThat(glue.getUserDefinedFunctions(
                                request -> request.databaseName(database).pattern(".*"))
                        .userDefinedFunctions())
                .hasSize(100);
        assertThat(names(request -> request.databaseName(database).pattern(".*")))
                .hasSize(101);
        assertThatThrownBy(() -> glue.getUserDefinedFunctions(
                        request -> request.databaseName(database).pattern(".*").maxResults(101)))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> glue.getUserDefinedFunctions(
                        request -> request.databaseName(database).pattern(".*").nextToken("x")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("NextToken");
    }

    @Test
    void looksIntoAllDatabasesWhenNoneIsNamed() {
        String first = database;
        createFunction("all_over_a");
        createFunction("all_over_b");
        newDatabase();
        createFunction("all_over_a");

        assertThat(
                        glue
                                .getUserDefinedFunctionsPaginator(request ->
                                        request.pattern("all_over_.*").maxResults(1))
                                .stream()
                                .flatMap(page -> page.userDefinedFunctions().stream())
                                .map(found -> found.databaseName() + "." + found.functionName()))
                .containsExactly(first + ".all_over_a", first + ".all_over_b", database + ".all_over_a");
    }

    @Test
    void findsFunctionsOfOneType() {
        createFunction("none");
        createFunction("regular", FunctionType.REGULAR_FUNCTION);
        createFunction("aggregate", FunctionType.AGGREGATE_FUNCTION);

        assertThat(names(request ->
                        request.databaseName(database).pattern(".*").functionType(FunctionType.AGGREGATE_FUNCTION)))
                .containsExactly("aggregate");
        glue.updateUserDefinedFunction(request -> request.databaseName(database)
                .functionName("aggregate")
                .functionInput(input -> input.functionName("AGGREGATE").functionType(FunctionType.STORED_PROCEDURE)));
        assertThat(names(request ->
                        request.databaseName(database).pattern(".*").functionType(FunctionType.STORED_PROCEDURE)))
                .containsExactly("aggregate");
    }

    @Test
    void namesWhatIsMissingOrCannotBe() {
        createFunction("f");
        assertThatThrownBy(() -> createFunction("F"))
                .isInstanceOf(AlreadyExistsException.class)
                .hasMessageContaining("Function " + database + ".f already exists");
        for (Runnable call : List.<Runnable>of(
                () -> glue.createUserDefinedFunction(
                        request -> request.databaseName("none").functionInput(input -> input.functionName("f"))),
                () -> glue.getUserDefinedFunction(
                        request -> request.databaseName("none").functionName("f")),
                () -> glue.getUserDefinedFunctions(
                        request -> request.databaseName("none").pattern(".*")),
                () -> glue.deleteUserDefinedFunction(
                        request -> request.databaseName("none").functionName("f")),
                () -> glue.updateUserDefinedFunction(request ->
                        request.databaseName("none").functionName("f").functionInput(input -> {})))) {
            assertThatThrownBy(call::run)
                    .isInstanceOf(EntityNotFoundException.class)
                    .hasMessageContaining("Database none not found");
        }
        assertThatThrownBy(() -> glue.updateUserDefinedFunction(request -> request.databaseName(database)
                        .functionName("f")
                        .functionInput(input -> input.functionName("g"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("cannot be renamed");
        assertThatThrownBy(() -> glue.createUserDefinedFunction(request -> request.databaseName(database)
                        .functionInput(input -> input.functionName("g")
                                .resourceUris(Collections.nCopies(
                                        1001,
                                        ResourceUri.builder().uri("s3://b/x").build())))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("at most 1000");
    }

    @Test
    void dropsFunctionsWithTheirDatabase() {
        createFunction("f");
        glue.deleteDatabase(request -> request.name(database));
        glue.createDatabase(request -> request.databaseInput(input -> input.name(database)));
        assertThat(names(request -> request.databaseName(database).pattern(".*")))
                .isEmpty();
    }

    @Test
    void letsExactlyOneOfManyCreatesAndOneOfManyDeletesWin() throws Exception {
        for (int round = 0; round < 5; round++) {
            assertThat(together(8, writer -> {
                        try {
                            createFunction("same");
                            return true;
                        } catch (AlreadyExistsException e) {
                            return false;
                        }
                    }))
                    .containsOnlyOnce(true);
            assertThat(together(8, writer -> {
                        try {
                            glue.deleteUserDefinedFunction(
                                    request -> request.databaseName(database).functionName("same"));
                            return true;
                        } catch (EntityNotFoundException e) {
                            return false;
                        }
                    }))
                    .containsOnlyOnce(true);
        }
    }

    @Test
    void answersFunctionsOfADatabaseThatIsDroppedMeanwhile() throws Exception {
        AtomicInteger created = new AtomicInteger();
        together(6, writer -> {
            for (int i = 0; i < 20; i++) {
                try {
                    if (writer == 0) {
                        glue.deleteDatabase(request -> request.name(database));
                    } else if (writer == 1) {
                        glue.createDatabase(request -> request.databaseInput(input -> input.name(database)));
                    } else if (writer == 2) {
                        glue.updateUserDefinedFunction(request -> request.databaseName(database)
                                .functionName("f1")
                                .functionInput(input -> input.className("C")));
                    } else {
                        createFunction("f" + i % 3);
                        created.incrementAndGet();
                    }
                } catch (EntityNotFoundException | AlreadyExistsException e) {
                    assertThat(e.getMessage()).as("writer %s", writer).contains(database);
                }
            }
            return true;
        });
        assertThat(created).hasPositiveValue();
    }
}
