package dev.mastic.crawler.partition;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder as one partition of a table further up: which of the tables in it that would be.
 *
 * @param group rooted at the folder
 * @param lifted names of the folders between the folder and the data that would become partition levels too
 * @param others the other tables in the folder
 */
record Below(Folder folder, Group group, List<String> lifted, List<Group> others) {
    Below {
        lifted = List.copyOf(lifted);
        others = List.copyOf(others);
    }

    /** The possible ones: none when the folder holds several tables side by side. */
    static List<Below> of(Folder folder, List<Group> groups) {
        List<Below> possible = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            Group group = groups.get(i);
            List<Group> others = new ArrayList<>(groups);
            others.remove(i);
            if (group.root().equals(folder.prefix())) {
                return List.of(new Below(folder, group, List.of(), others));
            } else if (group.isFile()
                    && group.root().lastIndexOf('/') + 1 == folder.prefix().length()) {
                possible.add(new Below(folder, group.ofFolder(folder.prefix()), List.of(), others));
            }
        }
        if (possible.isEmpty() && groups.size() == 1 && !groups.get(0).isFile()) {
            Group group = groups.get(0);
            List<String> between =
                    List.of(group.root().substring(folder.prefix().length()).split("/"));
            possible.add(new Below(folder, group.liftedTo(folder.prefix()), between, List.of()));
        }
        return possible;
    }

    /** Other tables inside the data of a partition, which whoever reads the partition would read too. */
    List<Group> inside() {
        return others.stream().filter(this::isInside).toList();
    }

    /** Other tables that do not disturb. */
    Stream<Group> beside() {
        return others.stream().filter(other -> !isInside(other));
    }

    private boolean isInside(Group other) {
        return group.parts().stream()
                .anyMatch(part -> other.root().startsWith(part.leaf().prefix()));
    }
}
