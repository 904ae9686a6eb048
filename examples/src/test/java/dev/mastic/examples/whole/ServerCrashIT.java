package dev.mastic.examples.whole;

import dev.mastic.bookmarks.Failpoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every named point at which the server dies. */
class ServerCrashIT extends Crash {
    @ParameterizedTest
    @EnumSource(value = Failpoint.class, mode = EnumSource.Mode.MATCH_ALL, names = "SERVER_.*")
    void everyRowIsThereOnceWhateverDies(Failpoint point) throws Exception {
        expectEveryRowOnceAfter(point);
    }
}
