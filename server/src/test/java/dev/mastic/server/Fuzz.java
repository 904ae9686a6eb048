package dev.mastic.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mastic.wire.GlueOperation;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Sends generated requests to a server: right ones and wrong ones, of all operations that Mastic has, of those that it
 * does not have, and of some that nobody has. The request of one number is the same for the same seed, but for the page
 * tokens that the server gave.
 */
final class Fuzz {
    private static final Pattern TOKEN = Pattern.compile("\"NextToken\":\"([^\"]+)\"");
    private static final Pattern VERSION = Pattern.compile("\"SchemaVersionId\":\"([^\"]+)\"");
    private static final Pattern RUN = Pattern.compile("\"JobRunId\":\"([^\"]+)\"");
    private static final int THREADS = 6;
    private static final int DEADLINE_MILLIS = 30_000;
    private static final int LARGE_BODY_EACH = 5_000;
    private static final List<String> WRONG_TARGETS = List.of(
            "AWSGlue.",
            "AWSGlue",
            "",
            "GetDatabases",
            "AWSGlue.getDatabases",
            "AWSGlue.GetDatabases.GetDatabases",
            "DynamoDB_20120810.ListTables",
            "AWSGlue.\u00e4\u00ff",
            "AWSGlue.Get\tDatabases",
            "AWSGlue." + "x".repeat(8_000),
            "AWSGlue.NoSuchOperation",
            "AWSGlue.toString",
            "AWSGlue.close");

    /** Operations that Mastic has. */
    final Set<String> supported = new TreeSet<>();
    /** Operations of {@link #supported} that answered some request by a success. */
    final Set<String> succeeded = ConcurrentHashMap.newKeySet();
    /** Answers of the 5xx kind, answers that did not come, and answers that hold a secret. */
    final Queue<String> faults = new ConcurrentLinkedQueue<>();

    final Map<Integer, AtomicLong> answers = new ConcurrentHashMap<>();

    /** The last error of each operation. */
    final Map<String, String> refusals = new ConcurrentHashMap<>();

    private final URI address;
    private final FuzzSignatures signatures;
    private final Set<String> secrets;
    private final FuzzBodies bodies;
    private final List<String> operations = new ArrayList<>();
    private final List<String> absent = new ArrayList<>();
    private final long seed;

    /** @param secrets what no answer may hold */
    Fuzz(URI address, String accessKey, String secretKey, Set<String> secrets, int starts, long seed) {
        this.address = address;
        this.signatures = new FuzzSignatures(address, accessKey, secretKey);
        this.secrets = secrets;
        this.bodies = new FuzzBodies(starts);
        this.seed = seed;
        supported.addAll(Compatibility.operations());
        for (String operation : GlueOperation.all().keySet()) {
            if (!supported.contains(operation)) {
                absent.add(operation);
                continue;
            }
            // What is dropped as often as it is made is hardly ever there.
            int weight = operation.matches("(Batch)?Delete(Database|Table|Job|Registry|Schema)")
                    ? 1
                    : operation.matches("(Batch)?Create.*") ? 6 : 3;
            for (int i = 0; i < weight; i++) {
                operations.add(operation);
            }
        }
    }

    /** The texts by which a secret could be told. */
    static Set<String> forms(Set<String> secrets) {
        return secrets.stream()
                .flatMap(secret -> java.util.stream.Stream.of(
                        secret, Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8))))
                .collect(Collectors.toSet());
    }

    /** Sends that many requests and returns when all are answered. */
    void run(int requests) throws Exception {
        run(requests, THREADS, number -> number % LARGE_BODY_EACH == LARGE_BODY_EACH / 2);
    }

    /** Sends requests of ten megabytes, as many at once as there are threads. */
    void runLarge(int requests, int atOnce) throws Exception {
        run(requests, atOnce, number -> true);
    }

    private void run(int requests, int atOnce, IntPredicate isLarge) throws Exception {
        AtomicInteger next = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(atOnce);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < atOnce; i++) {
                running.add(threads.submit(() -> {
                    try (WireConnection connection = new WireConnection(address, DEADLINE_MILLIS)) {
                        for (int number = next.getAndIncrement(); number < requests; number = next.getAndIncrement()) {
                            send(connection, number, isLarge.test(number));
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> thread : running) {
                thread.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void send(WireConnection connection, int number, boolean large) {
        Random random = new Random(seed * 1_000_003 + number);
        String operation =
                random.nextInt(12) == 0 ? FuzzBodies.any(absent, random) : FuzzBodies.any(operations, random);
        ObjectNode tree = bodies.body(operation, random);
        byte[] body = large
                ? FuzzMutations.large(tree, random)
                : random.nextInt(5) < 2 ? FuzzMutations.right(tree) : FuzzMutations.wrong(tree, random);
        String target = random.nextInt(50) == 0 ? FuzzBodies.any(WRONG_TARGETS, random) : "AWSGlue." + operation;
        Map<String, String> headers =
                random.nextInt(25) == 0 ? signatures.wrong(target, body, random) : signatures.headers(target, body);
        try {
            WireConnection.Answer answer = connection.send("POST", "/", headers, body);
            answers.computeIfAbsent(answer.status(), status -> new AtomicLong()).incrementAndGet();
            judge(operation, number, target, body, answer);
        } catch (SocketTimeoutException e) {
            faults.add("No answer within " + DEADLINE_MILLIS + " ms: " + shown(number, target, body));
        } catch (IOException e) {
            faults.add("No answer, " + e + ": " + shown(number, target, body));
        }
    }

    private void judge(String operation, int number, String target, byte[] body, WireConnection.Answer answer) {
        if (answer.status() >= 500) {
            faults.add(answer.status() + " " + answer.body() + " for " + shown(number, target, body));
        } else if (answer.status() == 200) {
            if (supported.contains(operation) && target.endsWith(operation)) {
                succeeded.add(operation);
            }
            Matcher token = TOKEN.matcher(answer.body());
            if (token.find()) {
                bodies.sawToken(token.group(1));
            }
            Matcher version = VERSION.matcher(answer.body());
            if (version.find()) {
                bodies.sawVersion(version.group(1));
            }
            Matcher run = RUN.matcher(answer.body());
            if (run.find()) {
                bodies.sawRun(run.group(1));
            }
        } else if (answer.errorType().isEmpty() && answer.status() != 431) {
            faults.add(answer.status() + " without an error's name for " + shown(number, target, body));
        }
        if (answer.status() != 200) {
            refusals.put(operation, answer.body());
        }
        for (String secret : secrets) {
            if (answer.body().contains(secret) || answer.head().contains(secret)) {
                faults.add("A secret in the answer to " + shown(number, target, body));
            }
        }
    }

    private static String shown(int number, String target, byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        return "request " + number + ", " + target + " of " + body.length + " bytes: "
                + (text.length() > 1500 ? text.substring(0, 1500) + "..." : text);
    }
}
