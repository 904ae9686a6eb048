package dev.mastic.crawler.partition.layout;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** The layouts of all kinds. */
public final class Layouts {
    private Layouts() {}

    /** A layout of each kind and seed, the kinds in a fixed order. */
    public static List<Layout> of(long firstSeed, int seeds) {
        Map<String, Consumer<Draft>> kinds = new LinkedHashMap<>();
        kinds.putAll(FolderKinds.all());
        kinds.putAll(TableKinds.all());
        kinds.putAll(NoiseKinds.all());
        kinds.putAll(HardKinds.all());
        return kinds.entrySet().stream()
                .flatMap(kind -> LongStream.range(firstSeed, firstSeed + seeds)
                        .mapToObj(seed -> Layout.of(kind.getKey(), kind.getValue(), seed)))
                .toList();
    }
}
