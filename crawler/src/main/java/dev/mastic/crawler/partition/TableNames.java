package dev.mastic.crawler.partition;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** Names of tables: lower-case letters, digits and underscores, 128 characters at most. */
public final class TableNames {
    private static final int LONGEST = 128;
    private static final int HASH = 32;

    private TableNames() {}

    /** The name of a table that stems from a folder or file. */
    public static String of(String prefix, String folderName) {
        String name = (prefix + folderName).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST);
    }

    /** The same name made different from all others by a hash of the table's location, as Glue does. */
    public static String withHash(String name, String location) {
        try {
            byte[] hash = MessageDigest.getInstance("MD5").digest(location.getBytes(StandardCharsets.UTF_8));
            String start = name.length() > LONGEST - HASH - 1 ? name.substring(0, LONGEST - HASH - 1) : name;
            return start + "_" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has MD5", e);
        }
    }
}
