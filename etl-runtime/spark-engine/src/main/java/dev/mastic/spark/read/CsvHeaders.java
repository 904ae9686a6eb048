package dev.mastic.spark.read;

import dev.mastic.bookmarks.ObjectVersion;
import dev.mastic.spark.failure.JobFailure;
import dev.mastic.spark.s3.ObjectListing;
import dev.mastic.spark.s3.S3Location;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The header lines of CSV files. Files whose columns stand in another order, or of which some lack a column, are told
 * apart before Spark reads them by position.
 */
final class CsvHeaders {
    private static final int BYTES = 64 << 10;

    private final S3Client s3;
    private final CompressionCodecFactory codecs;
    private final char delimiter;
    private final char quote;

    CsvHeaders(S3Client s3, Configuration hadoop, char delimiter, char quote) {
        this.s3 = s3;
        this.codecs = new CompressionCodecFactory(hadoop);
        this.delimiter = delimiter;
        this.quote = quote;
    }

    /**
     * Files by their header, in the order of their first file.
     *
     * @throws JobFailure when a file has no header, names a column twice or is no text
     */
    Map<List<String>, List<InputFile>> group(List<InputFile> files) {
        List<List<String>> headers = Parallel.map(files, file -> header(file.object()));
        Map<List<String>, List<InputFile>> groups = new LinkedHashMap<>();
        for (int i = 0; i < files.size(); i++) {
            groups.computeIfAbsent(headers.get(i), header -> new ArrayList<>()).add(files.get(i));
        }
        return groups;
    }

    private List<String> header(ObjectVersion object) {
        List<String> names = split(firstLine(object));
        if (names.stream().allMatch(String::isBlank)) {
            throw new JobFailure(object.uri() + " has no header line; its first line is blank");
        }
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                throw new JobFailure(object.uri() + ": its header names the column '" + name + "' twice");
            }
        }
        return names;
    }

    private String firstLine(ObjectVersion object) {
        byte[] start;
        try {
            String range = "bytes=0-" + (Math.min(object.size(), BYTES) - 1);
            start = s3.getObjectAsBytes(request ->
                            request.bucket(object.bucket()).key(object.key()).range(range))
                    .asByteArray();
        } catch (S3Exception e) {
            throw new JobFailure("Cannot read " + object.uri() + ": " + ObjectListing.reason(e), e);
        }
        CompressionCodec codec = codecs.getCodec(new S3Location(object.bucket(), object.key()).path());
        try (InputStream plain = new ByteArrayInputStream(start);
                InputStream content = codec == null ? plain : codec.createInputStream(plain);
                BufferedReader reader = new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8))) {
            @Nullable String line = reader.readLine();
            String text = line == null ? "" : line;
            if (text.chars().anyMatch(c -> c < ' ' && c != '\t' && c != delimiter)) {
                throw new JobFailure(object.uri() + " is no CSV file: its first line is not text in UTF-8;"
                        + " remove it from the folder, or upload it again");
            }
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (IOException e) {
            throw new JobFailure(
                    object.uri() + " cannot be unpacked; it is damaged or not what its name says: " + e.getMessage(),
                    e);
        }
    }

    /** The fields of a CSV line. */
    private List<String> split(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == quote && quoted && i + 1 < line.length() && line.charAt(i + 1) == quote) {
                field.append(c);
                i++;
            } else if (c == quote && (quoted || field.toString().isBlank())) {
                quoted = !quoted;
            } else if (c == delimiter && !quoted) {
                fields.add(field.toString().strip());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString().strip());
        return List.copyOf(fields);
    }

    /** A column's name as a crawler may have rewritten it: two spellings of one name are equal in this form. */
    static String normalized(String name) {
        return name.strip().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "_");
    }
}
