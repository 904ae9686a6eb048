package dev.mastic.server;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * Signs requests to {@code POST /} by AWS Signature Version 4, and wrongly when asked. The AWS SDK's signer takes about
 * as long as the server's whole answer. Thread-safe.
 */
final class FuzzSignatures {
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final HexFormat HEX = HexFormat.of();
    private static final String SIGNED = "host;x-amz-date;x-amz-target";

    private final String host;
    private final String accessKey;
    private final String secretKey;

    FuzzSignatures(URI address, String accessKey, String secretKey) {
        this.host = WireConnection.host(address);
        this.accessKey = accessKey;
        this.secretKey = secretKey;
    }

    /** The headers of a request with the right signature. */
    Map<String, String> headers(String target, byte[] body) {
        return headers(accessKey, secretKey, Instant.now(), target, body);
    }

    private Map<String, String> headers(String access, String secret, Instant time, String target, byte[] body) {
        String timestamp = TIMESTAMP.format(time);
        String date = timestamp.substring(0, 8);
        String scope = date + "/us-east-1/glue/aws4_request";
        String canonical = "POST\n/\n\nhost:" + host + "\nx-amz-date:" + timestamp + "\nx-amz-target:"
                + target.trim().replaceAll(" +", " ") + "\n\n" + SIGNED + "\n" + HEX.formatHex(sha256(body));
        String toSign = "AWS4-HMAC-SHA256\n" + timestamp + "\n" + scope + "\n"
                + HEX.formatHex(sha256(canonical.getBytes(StandardCharsets.UTF_8)));
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/")) {
            key = hmac(key, part);
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Amz-Date", timestamp);
        headers.put("X-Amz-Target", target);
        headers.put("Content-Type", "application/x-amz-json-1.1");
        headers.put(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=" + access + "/" + scope + ", SignedHeaders=" + SIGNED + ", Signature="
                        + HEX.formatHex(hmac(key, toSign)));
        return headers;
    }

    /** The headers of a request whose signature is wrong in some way. */
    Map<String, String> wrong(String target, byte[] body, Random random) {
        Map<String, String> headers = headers(target, body);
        String right = headers.get("Authorization");
        switch (random.nextInt(14)) {
            case 0 -> headers.remove("Authorization");
            case 1 -> headers.remove("X-Amz-Date");
            case 2 -> headers.put("Authorization", right.substring(0, random.nextInt(right.length())));
            case 3 -> headers.put("Authorization", right.substring(0, right.length() - 4) + "0zé ");
            case 4 ->
                headers.put("Authorization", "AWS4-HMAC-SHA256 " + "Credential=,".repeat(1 + random.nextInt(3000)));
            case 5 -> headers.put("Authorization", "AWS4-ECDSA-P256-SHA256" + right.substring(16));
            case 6 -> headers.put("Authorization", right.replace("us-east-1/glue", "us-east-1/s3"));
            case 7 -> headers.put("Authorization", right.replace(SIGNED, SIGNED + ";x-absent;;=;;"));
            case 8 -> headers.put("Authorization", right.replace("host;", ""));
            case 9 -> headers.put("X-Amz-Date", "99999999T999999Z");
            case 10 -> headers.put("X-Amz-Date", "+1000000000-01-01T00:00:00Z");
            case 11 -> headers.putAll(headers(accessKey, "wrong", Instant.now(), target, body));
            case 12 -> headers.putAll(headers("nobody", secretKey, Instant.now(), target, body));
            default ->
                headers.putAll(headers(accessKey, secretKey, Instant.now().minusSeconds(3600), target, body));
        }
        return headers;
    }

    private static byte[] sha256(byte[] data) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, String data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(data.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
