package dev.mastic.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * A connection that is kept alive and sends what it is told, right or wrong: HTTP clients of libraries refuse to send
 * what a fuzz test must. For one thread.
 */
final class WireConnection implements AutoCloseable {
    private final URI address;
    private final int deadlineMillis;
    private Socket socket;
    private InputStream input;

    /** @param deadlineMillis how long the server may be silent before it is taken to hang */
    WireConnection(URI address, int deadlineMillis) {
        this.address = address;
        this.deadlineMillis = deadlineMillis;
    }

    /** An answer; {@code head} is the status line and the headers. */
    record Answer(int status, String head, String body) {
        /** The Glue error's name; empty for a success. */
        String errorType() {
            for (String line : head.split("\r\n")) {
                if (line.toLowerCase(Locale.ROOT).startsWith("x-amzn-errortype:")) {
                    return line.substring(line.indexOf(':') + 1).trim();
                }
            }
            return "";
        }
    }

    /**
     * Sends a request and reads the answer.
     *
     * @param headers besides Host and Content-Length; their characters are sent as ISO-8859-1
     * @throws java.net.SocketTimeoutException when no answer came before the deadline
     */
    Answer send(String method, String path, Map<String, String> headers, byte[] body) throws IOException {
        boolean fresh = socket == null;
        try {
            return exchange(method, path, headers, body);
        } catch (java.net.SocketTimeoutException e) {
            close();
            throw e;
        } catch (IOException e) {
            close();
            if (fresh) {
                throw e;
            }
            // The server may close a connection that was idle, or whose last request it refused to read.
            return exchange(method, path, headers, body);
        }
    }

    private Answer exchange(String method, String path, Map<String, String> headers, byte[] body) throws IOException {
        if (socket == null) {
            socket = new Socket(address.getHost(), address.getPort());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(deadlineMillis);
            input = new BufferedInputStream(socket.getInputStream(), 16 << 10);
        }
        ByteArrayOutputStream request = new ByteArrayOutputStream(body.length + 1024);
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: " + host(address) + "\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        request.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        request.writeBytes(body);
        OutputStream output = socket.getOutputStream();
        request.writeTo(output);
        output.flush();
        return read();
    }

    static String host(URI address) {
        return address.getHost() + ":" + address.getPort();
    }

    private Answer read() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int next = input.read();
            if (next < 0) {
                throw new EOFException("The connection was closed after '" + head + "'");
            }
            head.append((char) next);
        }
        int length = 0;
        boolean last = false;
        for (String line : head.toString().toLowerCase(Locale.ROOT).split("\r\n")) {
            if (line.startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).trim());
            } else if (line.startsWith("transfer-encoding:")) {
                throw new IOException("An answer without a length: " + head);
            } else if (line.equals("connection: close")) {
                last = true;
            }
        }
        byte[] body = input.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("The connection was closed in the middle of an answer");
        }
        if (last) {
            close();
        }
        return new Answer(
                Integer.parseInt(head.substring(9, 12)), head.toString(), new String(body, StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
