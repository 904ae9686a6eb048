package dev.mastic.server.transfer;

import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.SdkBuilder;
import software.amazon.awssdk.utils.builder.ToCopyableBuilder;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Model objects whose maps are in the order of their keys, so that equal things are equal texts. */
final class SortedMaps {
    private SortedMaps() {}

    /** A copy. */
    static <T extends SdkPojo> T of(T object) {
        SdkPojo builder = (SdkPojo) ((ToCopyableBuilder<?, ?>) object).toBuilder();
        for (SdkField<?> field : object.sdkFields()) {
            Object value = field.getValueOrDefault(object);
            if (value != null && !(value instanceof SdkAutoConstructList) && !(value instanceof SdkAutoConstructMap)) {
                field.set(builder, value(value));
            }
        }
        @SuppressWarnings("unchecked") // a builder of T builds T
        T sorted = (T) ((SdkBuilder<?, ?>) builder).build();
        return sorted;
    }

    private static Object value(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((key, element) -> sorted.put(String.valueOf(key), value(element)));
            return sorted;
        } else if (value instanceof List<?> list) {
            return list.stream().map(SortedMaps::value).toList();
        } else if (value instanceof SdkPojo pojo) {
            return of(pojo);
        }
        return value;
    }
}
