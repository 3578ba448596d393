package dev.ablate.core.note;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Notes for tests, which remembers what was logged. */
public final class RecordedNotes implements RunNotes {

    private final List<Note> all = new ArrayList<>();
    private final Map<String, byte[]> artifacts = new LinkedHashMap<>();
    private final Map<String, RecordedNotes> children = new LinkedHashMap<>();

    @Override
    public synchronized void add(List<? extends Note> notes) {
        all.addAll(notes);
    }

    @Override
    public synchronized void artifact(String path, Path file) {
        try {
            artifacts.put(path, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized RecordedNotes child(String name, long time) {
        RecordedNotes child = new RecordedNotes();
        children.put(name, child);
        return child;
    }

    /** What was logged, in order. */
    public synchronized List<Note> all() {
        return List.copyOf(all);
    }

    /** The files by path. */
    public synchronized Map<String, byte[]> artifacts() {
        return new LinkedHashMap<>(artifacts);
    }

    /** Further runs by name; of one name the last. */
    public synchronized Map<String, RecordedNotes> children() {
        return new LinkedHashMap<>(children);
    }
}
