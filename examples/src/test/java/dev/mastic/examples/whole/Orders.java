package dev.mastic.examples.whole;

import software.amazon.awssdk.core.sync.RequestBody;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The job {@code OrdersByDay}, its input, and what must come out of it. */
final class Orders {
    static final int FILES = 3;

    private static final int ROWS = 40;

    private Orders() {}

    /** Makes the bucket with the script, the database and the job. */
    static void createJob(MortalServer server, String name, String bucket, int retries) throws IOException {
        server.s3().createBucket(request -> request.bucket(bucket));
        if (server.glue().getDatabases(request -> {}).databaseList().isEmpty()) {
            server.glue().createDatabase(request -> request.databaseInput(input -> input.name("sales")));
        }
        try (InputStream script = Orders.class.getResourceAsStream("/jobs/OrdersByDay.java")) {
            byte[] source = script.readAllBytes();
            server.s3()
                    .putObject(
                            request -> request.bucket(bucket).key("scripts/OrdersByDay.java"),
                            RequestBody.fromBytes(source));
        }
        server.glue()
                .createJob(request -> request.name(name)
                        .role("any")
                        .maxRetries(retries)
                        .command(command ->
                                command.name("glueetl").scriptLocation("s3://" + bucket + "/scripts/OrdersByDay.java"))
                        .defaultArguments(Map.of(
                                "--job-bookmark-option",
                                "job-bookmark-enable",
                                "--input",
                                "s3://" + bucket + "/in/",
                                "--output",
                                "s3://" + bucket + "/out/",
                                "--table",
                                name)));
    }

    /** Puts the input. */
    static void upload(MortalServer server, String bucket) {
        for (int file = 0; file < FILES; file++) {
            String key = "in/orders-" + file + ".csv";
            String csv = csv(file);
            server.s3().putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString(csv));
        }
    }

    static String csv(int file) {
        StringBuilder csv = new StringBuilder("id,day,quantity,price\n");
        for (int row = 0; row < ROWS; row++) {
            csv.append(file * ROWS + row)
                    .append(',')
                    .append(1 + row % 2)
                    .append(',')
                    .append(row % 4)
                    .append(',')
                    .append(10 + row)
                    .append('\n');
        }
        return csv.toString();
    }

    static List<String> truth() {
        return IntStream.range(0, FILES)
                .mapToObj(Orders::truth)
                .flatMap(List::stream)
                .toList();
    }

    /** Of one file. */
    static List<String> truth(int file) {
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            int quantity = row % 4;
            if (quantity > 0) {
                int price = 10 + row;
                rows.add("id=" + (file * ROWS + row) + ",quantity=" + quantity + ",price=" + price + ",revenue="
                        + quantity * price + ",day=" + (1 + row % 2));
            }
        }
        return rows;
    }
}
