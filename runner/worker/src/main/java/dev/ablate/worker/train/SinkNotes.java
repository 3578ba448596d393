package dev.ablate.worker.train;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.ablate.core.note.Note;
import dev.ablate.core.note.RunNotes;
import dev.ablate.worker.exchange.LoggedNote;
import dev.ablate.worker.exchange.LoggedNote.Kind;
import dev.ablate.worker.exchange.RunSink;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Notes that are stored as they come. */
final class SinkNotes implements RunNotes {

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private static final int DIGITS = 16;

    private final RunSink sink;
    private final String run;

    /** How many further runs of a name there are. */
    private final Map<String, Integer> children = new HashMap<>();

    /** Of the run itself. */
    SinkNotes(RunSink sink) {
        this(sink, LoggedNote.MAIN);
    }

    private SinkNotes(RunSink sink, String run) {
        this.sink = sink;
        this.run = run;
    }

    @Override
    public void add(List<? extends Note> notes) {
        sink.logged(notes.stream().map(this::note).toList(), Map.of());
    }

    private LoggedNote note(Note note) {
        if (note instanceof Note.Metric metric) {
            return new LoggedNote(
                    run, Kind.METRIC, metric.name(), metric.step(), metric.time(), Double.toString(metric.value()));
        } else if (note instanceof Note.Param param) {
            return plain(Kind.PARAM, param.name(), 0, param.value());
        } else if (note instanceof Note.Tag tag) {
            return plain(Kind.TAG, tag.name(), 0, tag.value());
        } else if (note instanceof Note.Untag tag) {
            return plain(Kind.UNTAG, tag.name(), 0, "");
        } else if (note instanceof Note.End end) {
            return plain(Kind.END, end.name(), end.time(), "");
        } else if (note instanceof Note.Input input) {
            return plain(Kind.INPUT, input.name(), 0, GSON.toJson(input.details()));
        }
        throw new IllegalArgumentException("a " + note.getClass().getName() + " is not a note that can be stored");
    }

    private LoggedNote plain(Kind kind, String name, long time, String value) {
        return new LoggedNote(run, kind, name, 0, time, value);
    }

    @Override
    public void artifact(String path, Path file) {
        for (String part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                throw new IllegalArgumentException("'" + path + "' is not a path of names joined by /");
            }
        }
        sink.logged(List.of(), Map.of(RunSink.LOGGED + run + "/" + path, RunFolder.content(file)));
    }

    @Override
    public RunNotes child(String name, long time) {
        int number;
        synchronized (children) {
            number = children.merge(name, 1, Integer::sum);
        }
        String id = id(run + '\n' + name + '\n' + number);
        sink.logged(List.of(plain(Kind.CHILD, name, time, id)), Map.of());
        return new SinkNotes(sink, id);
    }

    private static String id(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
