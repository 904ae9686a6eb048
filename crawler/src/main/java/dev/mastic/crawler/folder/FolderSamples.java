package dev.mastic.crawler.folder;

import dev.mastic.crawler.classify.FileProfile;
import dev.mastic.crawler.find.Sampled;

import java.util.List;

/**
 * What was read of one folder.
 *
 * @param profiles of the samples that could be read
 * @param unreadable samples that could not
 */
public record FolderSamples(List<FileProfile> profiles, List<Sampled> unreadable) {
    public FolderSamples {
        profiles = List.copyOf(profiles);
        unreadable = List.copyOf(unreadable);
    }

    /** Files that were read or could not be; none in a folder that was taken to be like its neighbours. */
    public int files() {
        return profiles.size() + unreadable.size();
    }
}
