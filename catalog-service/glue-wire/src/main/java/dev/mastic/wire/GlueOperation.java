package dev.mastic.wire;

import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.GlueRequest;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One operation of the Glue API: its name on the wire and the method of {@link GlueClient} that answers it.
 *
 * @param name as in {@code X-Amz-Target} after {@code AWSGlue.}; differs from the Java name in the case of some letters
 *     ({@code CreateMLTransform}, {@code createMlTransform})
 * @param method the method that takes the request object
 */
public record GlueOperation(String name, Method method) {

    private static final Map<String, GlueOperation> BY_NAME = discover();

    /** Every operation that the SDK knows, by name. */
    public static Map<String, GlueOperation> all() {
        return BY_NAME;
    }

    /** The class of the request. */
    public Class<? extends SdkPojo> requestType() {
        return method.getParameterTypes()[0].asSubclass(SdkPojo.class);
    }

    private static Map<String, GlueOperation> discover() {
        Map<String, String> wireNames = GlueModel.instance().operationNames().stream()
                .collect(Collectors.toMap(name -> name.toLowerCase(Locale.ROOT), name -> name));
        Map<String, GlueOperation> operations = new TreeMap<>();
        requestMethods().forEach(method -> {
            String javaName = method.getName().substring(0, 1).toUpperCase(Locale.ROOT)
                    + method.getName().substring(1);
            String name = wireNames.getOrDefault(javaName.toLowerCase(Locale.ROOT), javaName);
            operations.put(name, new GlueOperation(name, method));
        });
        return Collections.unmodifiableMap(operations);
    }

    private static Stream<Method> requestMethods() {
        List<Method> methods = Arrays.asList(GlueClient.class.getMethods());
        return methods.stream()
                .filter(method -> method.getParameterCount() == 1)
                .filter(method -> GlueRequest.class.isAssignableFrom(method.getParameterTypes()[0]))
                .filter(method -> !method.getName().endsWith("Paginator"));
    }
}
