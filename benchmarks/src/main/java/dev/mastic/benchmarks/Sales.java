package dev.mastic.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;

/** Generated sales as CSV: twelve columns, about 120 bytes a row; the same bytes for the same seed. */
final class Sales {
    static final String SPARK_SCHEMA =
            "order_id bigint, line int, sold_at timestamp, customer_id bigint, product string,"
                    + " category string, quantity int, unit_price double, discount double, region string, channel string,"
                    + " comment string";

    private static final String HEADER =
            "order_id,line,sold_at,customer_id,product,category,quantity,unit_price,discount,"
                    + "region,channel,comment\n";
    private static final String[] REGIONS = {"emea", "apac", "amer", "latam"};
    private static final String[] CHANNELS = {"web", "store", "phone"};

    private Sales() {}

    /** About so many bytes. */
    static byte[] csv(long seed, int bytes) {
        Random random = new Random(seed);
        StringBuilder csv = new StringBuilder(bytes + 256).append(HEADER);
        long order = seed * 10_000_000L;
        while (csv.length() < bytes) {
            order++;
            csv.append(order).append(',');
            csv.append(random.nextInt(9)).append(',');
            csv.append(String.format(
                    Locale.ROOT,
                    "2026-%02d-%02d %02d:%02d:%02d,",
                    1 + random.nextInt(12),
                    1 + random.nextInt(28),
                    random.nextInt(24),
                    random.nextInt(60),
                    random.nextInt(60)));
            csv.append(random.nextInt(1_000_000)).append(',');
            csv.append("product-").append(random.nextInt(5000)).append(',');
            csv.append("category-").append(random.nextInt(40)).append(',');
            csv.append(random.nextInt(12)).append(',');
            csv.append(random.nextInt(100_000) / 100.0).append(',');
            csv.append(random.nextInt(30) / 100.0).append(',');
            csv.append(REGIONS[random.nextInt(REGIONS.length)]).append(',');
            csv.append(CHANNELS[random.nextInt(CHANNELS.length)]).append(',');
            csv.append("delivered in week ").append(random.nextInt(52)).append('\n');
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }
}
