package dev.mastic.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.GlueRequest;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Joins the parts that implement the Glue API: each operation belongs to the one part that overrides its method of
 * {@link GlueClient}. Answers requests from the wire, and hands the parts out as one client for callers in this process.
 * Thread-safe when the parts are.
 */
public final class GlueDispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(GlueDispatcher.class);
    private static final String DISK_FULL = "53100";
    private static final String TARGET_PREFIX = "AWSGlue.";

    private final Map<String, GlueClient> owners = new TreeMap<>();
    private final Map<Method, GlueClient> ownersByMethod = new java.util.HashMap<>();
    private final RequestValidator validator = new RequestValidator();

    /**
     * An answer for the wire.
     *
     * @param status HTTP status
     * @param errorType name of the error for the header {@code x-amzn-ErrorType}; null on success
     * @param body JSON
     */
    public record Answer(int status, @Nullable String errorType, byte[] body) {}

    /**
     * @param parts the implementations
     * @throws IllegalArgumentException when two parts own the same operation
     */
    public GlueDispatcher(List<GlueClient> parts) {
        for (GlueOperation operation : GlueOperation.all().values()) {
            for (GlueClient part : parts) {
                if (owns(part, operation.method())) {
                    GlueClient other = owners.put(operation.name(), part);
                    if (other != null) {
                        throw new IllegalArgumentException(operation.name() + " is implemented by both "
                                + other.getClass().getName() + " and "
                                + part.getClass().getName());
                    }
                    ownersByMethod.put(operation.method(), part);
                }
            }
        }
    }

    /** Names of the operations that some part owns. */
    public Set<String> operationNames() {
        return Collections.unmodifiableSet(owners.keySet());
    }

    /**
     * Answers one request; never throws, so that every client gets an answer in the protocol's form.
     *
     * @param target value of the header {@code X-Amz-Target}
     * @param body the request's JSON
     */
    public Answer dispatch(@Nullable String target, byte[] body) {
        try {
            GlueOperation operation = operation(target);
            JsonNode json = GlueJson.parseObject(body);
            SdkPojo request = GlueJson.read(json, operation.requestType());
            validator.validate(operation.name(), json);
            GlueClient owner = owners.get(operation.name());
            if (owner == null) {
                throw new WireException(
                        400,
                        "UnknownOperationException",
                        operation.name() + " is an operation of Glue that Mastic does not have");
            }
            return new Answer(200, null, answer(owner, operation, request).getBytes(StandardCharsets.UTF_8));
        } catch (WireException e) {
            return error(e);
        } catch (InvocationTargetException e) {
            return failure(target, e.getCause());
        } catch (ReflectiveOperationException | RuntimeException | StackOverflowError e) {
            return failure(target, e);
        }
    }

    private static String answer(GlueClient owner, GlueOperation operation, SdkPojo request)
            throws ReflectiveOperationException {
        if (owner instanceof JsonAnswers json) {
            Optional<String> answer = json.json((GlueRequest) request);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        return GlueJson.write((SdkPojo) operation.method().invoke(owner, request));
    }

    /** An error in the protocol's form. */
    public static Answer error(WireException e) {
        return error(e.status(), e.errorType(), String.valueOf(e.getMessage()));
    }

    /**
     * All parts as one client: what {@link GlueClient}'s HTTP implementation does through the wire, without the wire.
     * Errors are the same exception classes.
     */
    public GlueClient client() {
        return (GlueClient) Proxy.newProxyInstance(
                GlueClient.class.getClassLoader(), new Class<?>[] {GlueClient.class}, (proxy, method, arguments) -> {
                    GlueClient owner = ownersByMethod.get(method);
                    Object[] given = arguments == null ? new Object[0] : arguments;
                    try {
                        if (owner != null) {
                            return method.invoke(owner, given);
                        } else if (method.getDeclaringClass() == Object.class) {
                            return objectMethod(proxy, method, given);
                        } else if (method.getName().equals("serviceName")) {
                            return GlueClient.SERVICE_NAME;
                        } else if (method.getName().equals("close")) {
                            return null;
                        }
                        return java.lang.reflect.InvocationHandler.invokeDefault(proxy, method, given);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                });
    }

    private static @Nullable Object objectMethod(Object proxy, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "GlueClient of this process";
        };
    }

    private static boolean owns(GlueClient part, Method method) {
        try {
            return part.getClass()
                            .getMethod(method.getName(), method.getParameterTypes())
                            .getDeclaringClass()
                    != GlueClient.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static GlueOperation operation(@Nullable String target) {
        if (target == null || !target.startsWith(TARGET_PREFIX)) {
            throw new WireException(
                    400,
                    "UnknownOperationException",
                    "The header X-Amz-Target is " + (target == null ? "missing" : "'" + shortened(target) + "'")
                            + "; expected AWSGlue.<Operation>");
        }
        GlueOperation operation = GlueOperation.all().get(target.substring(TARGET_PREFIX.length()));
        if (operation == null) {
            throw new WireException(
                    400, "UnknownOperationException", "Glue has no operation '" + shortened(target) + "'");
        }
        return operation;
    }

    private static String shortened(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "...";
    }

    private static Answer failure(@Nullable String target, @Nullable Throwable failure) {
        if (failure instanceof AwsServiceException service) {
            String type = service.getClass().getSimpleName();
            return error(isFault(type) ? 500 : 400, type, errorMessage(service));
        }
        if (failure instanceof WireException wire) {
            return error(wire);
        }
        if (isDatabaseAway(failure)) {
            LOG.warn("{} could not be answered: {}", target, String.valueOf(failure));
            return error(
                    503,
                    "ServiceUnavailableException",
                    "The database of Mastic does not answer. Try again in a moment; what the request was to change may or may not"
                            + " have been changed");
        }
        if (isDiskFull(failure)) {
            LOG.error("{} could not be stored: {}", target, String.valueOf(failure));
            return error(
                    500,
                    "InternalServiceException",
                    "The disk of Mastic's PostgreSQL is full; the request changed nothing. Make room there and send it again");
        }
        LOG.error("{} failed", target, failure);
        return error(
                500,
                "InternalServiceException",
                "Mastic failed to answer; its log has the cause: "
                        + (failure == null ? "unknown" : failure.getClass().getSimpleName()));
    }

    /** Whether a failure comes from a database that does not answer: SQL states of class 08 are lost connections, 57P01 to 57P03 a server that stops or starts. */
    public static boolean isDatabaseAway(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                String state = sql.getSQLState() == null ? "" : sql.getSQLState();
                if (sql instanceof SQLTransientConnectionException
                        || state.startsWith("08")
                        || state.startsWith("57P")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isDiskFull(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && DISK_FULL.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isFault(String type) {
        return type.equals("InternalServiceException") || type.equals("OperationTimeoutException");
    }

    /** The SDK's getMessage() appends status and request id, which a service does not put into its message. */
    private static String errorMessage(AwsServiceException service) {
        if (service.awsErrorDetails() != null && service.awsErrorDetails().errorMessage() != null) {
            return service.awsErrorDetails().errorMessage();
        }
        return String.valueOf(service.getMessage());
    }

    private static Answer error(int status, String type, String message) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("__type", type);
        json.put("Message", message);
        json.put("message", message);
        return new Answer(status, type, json.toString().getBytes(StandardCharsets.UTF_8));
    }
}
