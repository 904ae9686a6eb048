package dev.mastic.wire;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.CreateDatabaseRequest;
import software.amazon.awssdk.services.glue.model.CreateDatabaseResponse;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetDatabaseRequest;
import software.amazon.awssdk.services.glue.model.GetDatabaseResponse;
import software.amazon.awssdk.services.glue.model.GetTableRequest;
import software.amazon.awssdk.services.glue.model.GetTableResponse;
import software.amazon.awssdk.services.glue.model.GlueRequest;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GlueDispatcherTest {
    private final GlueDispatcher dispatcher = new GlueDispatcher(List.of(new Databases()));

    private static class Databases implements GlueClient {
        @Override
        public CreateDatabaseResponse createDatabase(CreateDatabaseRequest request) {
            return CreateDatabaseResponse.builder().build();
        }

        @Override
        public GetDatabaseResponse getDatabase(GetDatabaseRequest request) {
            if (request.name().equals("bug")) {
                throw new IllegalStateException("secret detail");
            } else if (request.name().equals("full")) {
                throw new IllegalStateException(new SQLException("could not extend file", "53100"));
            } else if (request.name().equals("down")) {
                throw new IllegalStateException(new SQLTransientConnectionException("gone"));
            } else if (!request.name().equals("sales")) {
                throw EntityNotFoundException.builder()
                        .message("Database " + request.name() + " not found.")
                        .build();
            }
            return GetDatabaseResponse.builder()
                    .database(database -> database.name("sales"))
                    .build();
        }

        @Override
        public String serviceName() {
            return "glue";
        }

        @Override
        public void close() {}
    }

    @Test
    void answersFromThePartThatOwnsTheOperation() {
        assertThat(call("GetDatabase", "{\"Name\":\"sales\"}"))
                .isEqualTo("200 null {\"Database\":{\"Name\":\"sales\"}}");
        assertThat(dispatcher.operationNames()).containsExactlyInAnyOrder("CreateDatabase", "GetDatabase");
    }

    @Test
    void putsAnAnswerThatIsJsonAlreadyOnTheWireAsItIs() {
        class Stored extends Databases implements JsonAnswers {
            @Override
            public Optional<String> json(GlueRequest request) {
                return request instanceof GetDatabaseRequest get && get.name().equals("stored")
                        ? Optional.of("{\"Database\":{\"Name\":" + GlueJson.quote("a\"\n\u0001é") + "}}")
                        : Optional.empty();
            }
        }
        GlueDispatcher stored = new GlueDispatcher(List.of(new Stored()));

        GlueDispatcher.Answer answer =
                stored.dispatch("AWSGlue.GetDatabase", "{\"Name\":\"stored\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(GlueJson.read(new String(answer.body(), StandardCharsets.UTF_8), GetDatabaseResponse.class)
                        .database()
                        .name())
                .isEqualTo("a\"\n\u0001é");
        assertThat(stored.dispatch("AWSGlue.GetDatabase", "{\"Name\":\"sales\"}".getBytes(StandardCharsets.UTF_8))
                        .body())
                .asString()
                .contains("sales");
    }

    @Test
    void saysThatTheDiskIsFull() {
        assertThat(call("GetDatabase", "{\"Name\":\"full\"}"))
                .startsWith("500 InternalServiceException")
                .contains("The disk of Mastic's PostgreSQL is full; the request changed nothing");
    }

    @Test
    void namesTheExceptionOnTheWire() {
        assertThat(call("GetDatabase", "{\"Name\":\"x\"}"))
                .isEqualTo(
                        "400 EntityNotFoundException {\"__type\":\"EntityNotFoundException\",\"Message\":\"Database x not"
                                + " found.\",\"message\":\"Database x not found.\"}");
    }

    @Test
    void tellsKnownOperationsThatItLacksFromUnknownOnes() {
        assertThat(call("GetTable", "{\"DatabaseName\":\"d\",\"Name\":\"t\"}"))
                .startsWith("400 UnknownOperationException")
                .contains("GetTable is an operation of Glue that Mastic does not have");
        assertThat(call("DropEverything", "{}"))
                .startsWith("400 UnknownOperationException")
                .contains("Glue has no operation");
        assertThat(dispatcher.dispatch(null, new byte[0]).status()).isEqualTo(400);
    }

    @Test
    void checksTheConstraintsOfTheModel() {
        assertThat(call("GetDatabase", "{}"))
                .startsWith("400 ValidationException")
                .contains(
                        "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not"
                                + " be null");
        assertThat(call("CreateDatabase", "{\"DatabaseInput\":{\"Name\":\"\"}}"))
                .contains(
                        "Value '' at 'databaseInput.name' failed to satisfy constraint: Member must have length greater"
                                + " than or equal to 1");
        assertThat(call("CreateDatabase", "{\"DatabaseInput\":{\"Name\":\"a\\u0000b\"}}"))
                .startsWith("400 ValidationException")
                .contains("Member must satisfy regular expression pattern");
        assertThat(call("CreateDatabase", "{\"DatabaseInput\":{\"Name\":\"" + "n".repeat(256) + "\"}}"))
                .contains("Member must have length less than or equal to 255");
    }

    @Test
    void answersBadJsonWithoutAFault() {
        for (String body : List.of("{", "[]", "nul", "\"x\"", "{\"Name\":{}}", "\u0000", "{\"Name\":\"a\"}{")) {
            assertThat(call("GetDatabase", body)).as(body).startsWith("400 SerializationException");
        }
        assertThat(dispatcher
                        .dispatch("AWSGlue.GetDatabase", new byte[] {(byte) 0xc3, 0x28})
                        .status())
                .isEqualTo(400);
    }

    @Test
    void refusesTextThatCannotBeStoredWhereTheModelHasNoPattern() {
        for (String text : List.of("a\\u0000b", "\\ud800", "\\udc00\\ud800", "a\\ud83d")) {
            assertThat(call("GetJobBookmark", "{\"JobName\":\"" + text + "\"}"))
                    .as(text)
                    .startsWith("400 ValidationException")
                    .contains("at 'jobName' failed to satisfy constraint: Member must be Unicode text");
        }
        assertThat(call("GetJobBookmark", "{\"JobName\":\"\\ud83d\\ude00\"}")).startsWith("400 UnknownOperation");
    }

    @Test
    void refusesMoreValuesThanAnyRequestNeeds() {
        assertThat(call("GetDatabase", "{\"Name\":[" + "{},".repeat(600_000) + "{}]}"))
                .startsWith("400 SerializationException")
                .contains("1000000");
    }

    @Test
    void countsAllBreachesAndShowsTen() {
        assertThat(call("CreateTable", "{\"TableInput\":{\"PartitionKeys\":[" + "{},".repeat(100_000) + "{}]}}"))
                .startsWith("400 ValidationException")
                .contains("validation errors detected: Value null at 'databaseName'")
                .hasSizeLessThan(5_000);
    }

    @Test
    void keepsTheDetailsOfItsOwnFaultsInTheLog() {
        assertThat(call("GetDatabase", "{\"Name\":\"bug\"}"))
                .startsWith("500 InternalServiceException")
                .doesNotContain("secret detail");
    }

    @Test
    void saysThatTheDatabaseIsAway() {
        assertThat(call("GetDatabase", "{\"Name\":\"down\"}")).startsWith("503 ServiceUnavailableException");
    }

    @Test
    void refusesTwoOwnersOfOneOperation() {
        assertThatThrownBy(() -> new GlueDispatcher(List.of(new Databases(), new Databases())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CreateDatabase is implemented by both");
    }

    @Test
    void handsTheJoinedPartsOutAsOneClient() {
        GlueClient joined = new GlueDispatcher(List.of(new Databases(), new GlueClient() {
                    @Override
                    public GetTableResponse getTable(GetTableRequest request) {
                        return GetTableResponse.builder()
                                .table(table -> table.name(request.name()))
                                .build();
                    }

                    @Override
                    public String serviceName() {
                        return "glue";
                    }

                    @Override
                    public void close() {}
                }))
                .client();

        assertThat(joined.getDatabase(request -> request.name("sales"))
                        .database()
                        .name())
                .isEqualTo("sales");
        assertThat(joined.getTable(request -> request.name("t")).table().name()).isEqualTo("t");
        assertThatThrownBy(() -> joined.getDatabase(request -> request.name("x")))
                .isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> joined.getConnection(request -> request.name("x")))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    private String call(String operation, String body) {
        GlueDispatcher.Answer answer =
                dispatcher.dispatch("AWSGlue." + operation, body.getBytes(StandardCharsets.UTF_8));
        return answer.status() + " " + answer.errorType() + " " + new String(answer.body(), StandardCharsets.UTF_8);
    }
}
