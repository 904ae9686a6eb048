package dev.mastic.server.demo;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The bundled data: flights of the first half of 2001 and the airports of the United States. */
final class FlightFiles {
    private static final int COLUMN_OF_DISTANCE = 2;
    private static final long SHORTEST_KEPT = 150;

    private final Path folder;

    FlightFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * The flights of one month as CSV.
     *
     * @param month {@code 01} to {@code 06}
     * @param rows data rows in the file
     * @param kept rows that the job's filter keeps, counted here without Mastic
     */
    record Month(String year, String month, byte[] csv, long rows, long kept) {
        /** Where the file lands. */
        String key() {
            return "flights/year=" + year + "/month=" + month + "/flights-" + year + "-" + month + ".csv";
        }
    }

    /** All months, in order. */
    List<Month> months() throws IOException {
        Path flights = folder.resolve("flights");
        if (!Files.isDirectory(flights)) {
            throw new DemoException("The flights are missing at " + flights + "; run the demo from a whole checkout");
        }
        try (Stream<Path> files = Files.list(flights)) {
            List<Path> sorted = files.filter(file -> file.toString().endsWith(".csv.gz"))
                    .sorted()
                    .toList();
            List<Month> months = new java.util.ArrayList<>();
            for (Path file : sorted) {
                months.add(month(file));
            }
            return List.copyOf(months);
        }
    }

    /** The airports as CSV. */
    byte[] airports() throws IOException {
        return unpack(folder.resolve("airports.csv.gz"));
    }

    private static Month month(Path file) throws IOException {
        byte[] csv = unpack(file);
        String date = file.getFileName().toString().replaceFirst("flights-(\\d{4}-\\d{2})[.]csv[.]gz", "$1");
        long rows = 0;
        long kept = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new ByteArrayInputStream(csv), StandardCharsets.UTF_8))) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                rows++;
                kept += Long.parseLong(line.split(",", -1)[COLUMN_OF_DISTANCE]) >= SHORTEST_KEPT ? 1 : 0;
            }
        }
        return new Month(date.substring(0, 4), date.substring(5), csv, rows, kept);
    }

    private static byte[] unpack(Path file) throws IOException {
        try (InputStream input = new GZIPInputStream(Files.newInputStream(file))) {
            return input.readAllBytes();
        }
    }
}
