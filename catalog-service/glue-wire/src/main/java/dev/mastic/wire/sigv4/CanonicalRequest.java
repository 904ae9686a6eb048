package dev.mastic.wire.sigv4;

import dev.mastic.wire.WireException;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** The text that a signature is made of, as "Create a signed AWS API request" has it for services other than S3. */
final class CanonicalRequest {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    /** What the SDKs fold to one space: also what an old client broke a line with. */
    private static final Pattern SPACES = Pattern.compile("[ \t\n\u000b\f\r]+");

    private CanonicalRequest() {}

    /** A parameter of the query, decoded. */
    record Parameter(String name, String value) {}

    /**
     * The text.
     *
     * @throws WireException {@code InvalidSignatureException} when a signed header is not there
     */
    static String text(SignedRequest request, Claim claim, String bodyHash) {
        return String.join(
                "\n",
                request.method(),
                path(request.path()),
                query(request.query(), claim.presigned()),
                headers(request, claim.signedHeaders()),
                String.join(";", claim.signedHeaders()),
                bodyHash);
    }

    private static String headers(SignedRequest request, List<String> signedHeaders) {
        StringBuilder headers = new StringBuilder();
        for (String name : signedHeaders) {
            List<String> values = request.headers().get(name);
            if (values == null) {
                throw Claim.refuse(
                        "InvalidSignatureException",
                        "The signed header '" + name + "' is not among the headers of the request.");
            }
            headers.append(name).append(':');
            for (int i = 0; i < values.size(); i++) {
                headers.append(i == 0 ? "" : ",")
                        .append(SPACES.matcher(values.get(i).strip()).replaceAll(" "));
            }
            headers.append('\n');
        }
        return headers.toString();
    }

    /** Without empty, {@code .} and {@code ..} segments, and each segment encoded once more than it was sent. */
    private static String path(String path) {
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : path.split("/", -1)) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(encode(segment));
            }
        }
        if (segments.isEmpty()) {
            return "/";
        }
        return "/" + String.join("/", segments) + (path.endsWith("/") ? "/" : "");
    }

    private static String query(String query, boolean presigned) {
        List<Parameter> parameters = new ArrayList<>();
        for (Parameter parameter : parameters(query)) {
            if (!(presigned && parameter.name().equals("X-Amz-Signature"))) {
                parameters.add(new Parameter(encode(parameter.name()), encode(parameter.value())));
            }
        }
        parameters.sort(Comparator.comparing(Parameter::name).thenComparing(Parameter::value));
        return String.join(
                "&",
                parameters.stream()
                        .map(parameter -> parameter.name() + "=" + parameter.value())
                        .toList());
    }

    /** The parameters of a raw query, in the order sent. */
    static List<Parameter> parameters(String query) {
        List<Parameter> parameters = new ArrayList<>();
        if (!query.isEmpty()) {
            for (String parameter : query.split("&", -1)) {
                int equals = parameter.indexOf('=');
                parameters.add(new Parameter(
                        decode(equals < 0 ? parameter : parameter.substring(0, equals)),
                        equals < 0 ? "" : decode(parameter.substring(equals + 1))));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Claim.refuse("InvalidSignatureException", "The query string is not URL-encoded: " + e.getMessage());
        }
    }

    /** RFC 3986: letters, digits and {@code -._~} stay. */
    private static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~".indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.toHexDigits(b));
            }
        }
        return encoded.toString();
    }
}
