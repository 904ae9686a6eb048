package dev.mastic.server.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The addresses of a job's bookmark in the REST API. */
final class BookmarkPaths {
    private BookmarkPaths() {}

    /** {@code /api/v1/jobs/JOB/bookmark} and what follows, with a query. */
    static String of(String job, String rest, Map<String, String> query) {
        List<String> pairs = new ArrayList<>();
        query.forEach((name, value) -> pairs.add(name + "=" + encoded(value)));
        return "/api/v1/jobs/" + encoded(job) + "/bookmark" + rest
                + (pairs.isEmpty() ? "" : "?" + String.join("&", pairs));
    }

    /** The source alone, or the source and its location of {@code NAME=s3://bucket/prefix/}. */
    static Map<String, String> source(String option) {
        int equal = option.indexOf("=s3");
        return equal < 0
                ? Map.of("source", option)
                : Map.of("source", option.substring(0, equal), "location", option.substring(equal + 1));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
