package dev.ablate.engine.tracking;

import dev.ablate.engine.runs.StoredEffect;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was found out of runs that no spec speaks for, as a tracking server shows it.
 *
 * @param key the same for the same question, whatever runs are there by now
 * @param name what was compared, in a few words
 * @param note in Markdown, the sentence first
 * @param effects what each variant changes
 * @param files the report in its forms, by path
 */
public record Answer(String key, String name, String note, List<StoredEffect> effects, Map<String, byte[]> files) {

    /** The path of the page among the files. */
    public static final String REPORT = "report.html";

    /** Copies list and map, keeping their order. */
    public Answer {
        effects = List.copyOf(effects);
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }
}
