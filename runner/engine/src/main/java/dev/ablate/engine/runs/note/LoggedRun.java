package dev.ablate.engine.runs.note;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import dev.ablate.worker.exchange.LoggedNote;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a program logged of one run: its own, or a further one below it.
 *
 * @param id {@link LoggedNote#MAIN}, or that of a further run
 * @param parent the id of the run below which it stands; empty for the run itself
 * @param name what it is called; may be empty
 * @param started when it began, in milliseconds since 1970; 0 for the run itself
 * @param status how it ended; empty if that was not logged
 * @param ended when, in milliseconds since 1970
 * @param params the last value of each
 * @param tags the last value of each that was not removed
 * @param removed tags that were removed
 * @param metrics all values, in the order in which they came
 * @param inputs what it read
 */
public record LoggedRun(
        String id,
        String parent,
        String name,
        long started,
        String status,
        long ended,
        Map<String, String> params,
        Map<String, String> tags,
        Set<String> removed,
        List<Value> metrics,
        Set<Input> inputs) {

    private static final Gson GSON = new Gson();
    private static final TypeToken<Map<String, String>> TEXTS = new TypeToken<>() {};

    /**
     * One value of a metric.
     *
     * @param name the metric's
     * @param step any
     * @param time in milliseconds since 1970
     * @param value any, which need not be finite
     */
    public record Value(String name, long step, long time, double value) {}

    /**
     * Something that a run read.
     *
     * @param name what it is called
     * @param details what else there is to know of it, by name
     */
    public record Input(String name, Map<String, String> details) {}

    /** The runs of some notes: the run itself, then further ones, each behind the one below which it stands. */
    public static List<LoggedRun> of(List<LoggedNote> notes) {
        Map<String, LoggedRun> runs = new LinkedHashMap<>();
        runs.put(LoggedNote.MAIN, begun(LoggedNote.MAIN, "", "", 0));
        for (LoggedNote note : notes) {
            runs.computeIfAbsent(note.run(), id -> begun(id, LoggedNote.MAIN, "", note.time()))
                    .add(note, runs);
        }
        return List.copyOf(runs.values());
    }

    private static LoggedRun begun(String id, String parent, String name, long started) {
        return new LoggedRun(
                id,
                parent,
                name,
                started,
                "",
                0,
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashSet<>(),
                new ArrayList<>(),
                new LinkedHashSet<>());
    }

    private void add(LoggedNote note, Map<String, LoggedRun> runs) {
        switch (note.kind()) {
            case METRIC ->
                metrics.add(new Value(note.name(), note.step(), note.time(), Double.parseDouble(note.value())));
            case PARAM -> params.put(note.name(), note.value());
            case TAG -> {
                tags.put(note.name(), note.value());
                removed.remove(note.name());
            }
            case UNTAG -> {
                tags.remove(note.name());
                removed.add(note.name());
            }
            case CHILD -> runs.putIfAbsent(note.value(), begun(note.value(), id, note.name(), note.time()));
            case END ->
                runs.put(
                        id,
                        new LoggedRun(
                                id,
                                parent,
                                name,
                                started,
                                note.name(),
                                note.time(),
                                params,
                                tags,
                                removed,
                                metrics,
                                inputs));
            case INPUT -> inputs.add(new Input(note.name(), GSON.fromJson(note.value(), TEXTS)));
        }
    }
}
