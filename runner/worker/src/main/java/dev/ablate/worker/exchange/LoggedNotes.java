package dev.ablate.worker.exchange;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Notes in memory: what an earlier attempt has logged is not added again. */
final class LoggedNotes {

    private final List<LoggedNote> all;

    /** What the earlier attempt logged, without its times. */
    private final Set<LoggedNote> before = new HashSet<>();

    /** @param before what an earlier attempt has logged */
    LoggedNotes(List<LoggedNote> before) {
        this.all = new ArrayList<>(before);
        before.forEach(note -> this.before.add(timeless(note)));
    }

    synchronized void add(List<LoggedNote> notes) {
        for (LoggedNote note : notes) {
            if (!note.kind().isOnce() || !before.contains(timeless(note))) {
                all.add(note);
            }
        }
    }

    synchronized List<LoggedNote> all() {
        return List.copyOf(all);
    }

    private static LoggedNote timeless(LoggedNote note) {
        return new LoggedNote(note.run(), note.kind(), note.name(), note.step(), 0, note.value());
    }
}
