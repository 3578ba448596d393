package dev.ablate.engine.plan;

import dev.ablate.worker.prepare.Preparation;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is done to columns, each said once, with the variants that it is done in if these are not all. */
public final class PreparationNotes {

    private final Set<String> variants = new LinkedHashSet<>();
    private final Map<String, Set<String>> notes = new LinkedHashMap<>();

    /** Adds what a variant does. */
    public PreparationNotes add(String variant, Preparation preparation) {
        variants.add(variant);
        preparation
                .notes()
                .forEach(note -> notes.computeIfAbsent(note, none -> new LinkedHashSet<>())
                        .add(variant));
        return this;
    }

    /** All notes, each a sentence without a full stop that begins with a small letter. */
    public List<String> all() {
        return notes.entrySet().stream()
                .map(note -> note.getKey() + where(note.getValue()))
                .toList();
    }

    private String where(Set<String> those) {
        return those.size() == variants.size()
                ? ""
                : ", in variant" + (those.size() == 1 ? " " : "s ") + String.join(", ", those);
    }
}
