package dev.mastic.crawler.lake;

import dev.mastic.crawler.classify.FileProfiler;
import dev.mastic.crawler.find.CrawlScope;
import dev.mastic.crawler.find.FoundTable;
import dev.mastic.crawler.source.FolderObjects;
import dev.mastic.crawler.source.ObjectStore;
import dev.mastic.crawler.source.UnreadableFileException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;

/** Reads the metadata of tables that were found. Used by one thread. */
public final class LakeTables {
    private final ObjectStore store;
    private final String bucket;
    private final CrawlScope scope;

    public LakeTables(ObjectStore store, String bucket, CrawlScope scope) {
        this.store = store;
        this.bucket = bucket;
        this.scope = scope;
    }

    /**
     * The tables; one that cannot be read is a warning.
     *
     * @param folders the folders of data below a table's own
     */
    public List<FoundTable> read(SortedMap<String, LakeKind> roots, Function<String, List<FolderObjects>> folders) {
        List<FoundTable> tables = new ArrayList<>();
        for (Map.Entry<String, LakeKind> root : roots.entrySet()) {
            LakeFiles files = new LakeFiles(store, bucket, root.getKey(), scope.cancellation());
            try {
                LakeTable table = scope.cancellation()
                        .await(scope.readers()
                                .submit(() -> read(files, root.getValue(), folders.apply(root.getKey()))));
                tables.add(table.found(files, files.uri()));
            } catch (UnreadableFileException e) {
                scope.warn(files.uri() + " is a table of " + root.getValue().title() + " that cannot be registered: "
                        + e.getMessage());
            }
        }
        return tables;
    }

    private LakeTable read(LakeFiles files, LakeKind kind, List<FolderObjects> folders) {
        return switch (kind) {
            case ICEBERG -> IcebergMetadata.read(files);
            case DELTA -> DeltaLog.read(files, data(files, folders));
            case HUDI -> HudiTimeline.read(files, data(files, folders));
        };
    }

    private DataFiles data(LakeFiles files, List<FolderObjects> folders) {
        return new DataFiles(bucket, files.root(), folders, new FileProfiler(store, List.of()));
    }
}
