package dev.mastic.benchmarks.crawler;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * An S3 that makes up its listings and objects as they are asked for: buckets as {@link Objects} names them, ListObjectsV2
 * and GetObject. What it costs is small and the same for whoever asks.
 */
final class StubStore implements AutoCloseable {
    private static final int PAGE = 1000;
    private static final int THREADS = 16;

    private final HttpServer server;

    StubStore(int port) throws IOException {
        // Otherwise each answer waits 40 ms for the client's acknowledgement of its headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.setExecutor(Executors.newFixedThreadPool(THREADS));
        server.createContext("/", StubStore::answer);
        server.start();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String[] path = exchange.getRequestURI().getPath().substring(1).split("/", 2);
            Objects objects = Objects.of(path[0]);
            if (!objects.delay().isZero()) {
                Thread.sleep(objects.delay().toMillis());
            }
            if (path.length == 2 && !path[1].isEmpty()) {
                send(exchange, 206, Objects.CONTENT, "application/octet-stream");
            } else {
                byte[] body = page(objects, query(exchange)).getBytes(StandardCharsets.UTF_8);
                send(exchange, 200, body, "application/xml");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body, String type) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Last-Modified", "Sat, 31 Jan 2026 10:00:00 GMT");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        @Nullable String raw = exchange.getRequestURI().getRawQuery();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            int equals = pair.indexOf('=');
            query.put(
                    equals < 0 ? pair : pair.substring(0, equals),
                    equals < 0 ? "" : URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return query;
    }

    private static String page(Objects objects, Map<String, String> query) {
        String prefix = query.getOrDefault("prefix", "");
        String delimiter = query.getOrDefault("delimiter", "");
        String after = query.getOrDefault("continuation-token", query.getOrDefault("start-after", ""));
        StringBuilder contents = new StringBuilder(1 << 18);
        int found = 0;
        int number = objects.after(after.compareTo(prefix) > 0 ? after : prefix);
        String last = "";
        boolean truncated = false;
        while (number < objects.count()) {
            String key = objects.key(number);
            if (!key.startsWith(prefix)) {
                break;
            } else if (found++ == PAGE) {
                truncated = true;
                break;
            }
            int end = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
            if (end < 0) {
                last = key;
                contents.append("<Contents><Key>")
                        .append(key)
                        .append("</Key><LastModified>2026-01-31T10:00:00.000Z</LastModified>")
                        .append("<ETag>&quot;d41d8cd98f00b204e9800998ecf8427e&quot;</ETag><Size>")
                        .append(Objects.CONTENT.length)
                        .append("</Size><StorageClass>STANDARD</StorageClass></Contents>");
                number++;
            } else {
                String folder = key.substring(0, end + delimiter.length());
                last = folder + "~";
                contents.append("<CommonPrefixes><Prefix>").append(folder).append("</Prefix></CommonPrefixes>");
                number = objects.after(last);
            }
        }
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>" + objects.bucket()
                + "</Name><Prefix>" + prefix + "</Prefix><MaxKeys>" + PAGE + "</MaxKeys><IsTruncated>" + truncated
                + "</IsTruncated>" + (truncated ? "<NextContinuationToken>" + last + "</NextContinuationToken>" : "")
                + contents + "</ListBucketResult>";
    }
}
