package dev.ablate.worker.exchange;

import dev.ablate.worker.exchange.RunResult.Series;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Gathers what comes of a run, to be sent to where it was submitted; used by one thread, but for {@link #logged}. */
public final class ResultSink implements RunSink {

    private final Clock clock;
    private final Supplier<Path> checkpoint;
    private final Instant started;
    private final Map<String, List<Value>> series = new LinkedHashMap<>();
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final LoggedNotes logged;
    private int trainRows;
    private int testRows;

    private record Value(long step, double value, long time) {}

    /**
     * Begins now.
     *
     * @param clock gives the times, which are kept to the millisecond
     * @param checkpoint gives the folder that a later attempt goes on from, and makes it
     */
    public ResultSink(Clock clock, Supplier<Path> checkpoint) {
        this(clock, checkpoint, Optional.empty());
    }

    /**
     * Goes on with what an attempt has measured that was ended from outside: a step that is there already is not added again.
     *
     * @param before its result
     */
    public ResultSink(Clock clock, Supplier<Path> checkpoint, Optional<RunResult> before) {
        this.clock = clock;
        this.checkpoint = checkpoint;
        this.started = before.map(RunResult::started).orElseGet(clock::instant);
        this.logged = new LoggedNotes(before.map(RunResult::notes).orElse(List.of()));
        before.ifPresent(result -> {
            result.series().forEach(this::add);
            result.files().forEach((path, content) -> {
                if (path.startsWith(LOGGED)) {
                    files.put(path, content);
                }
            });
        });
    }

    private void add(Series known) {
        List<Value> values = new ArrayList<>();
        for (int k = 0; k < known.steps().length; k++) {
            values.add(new Value(known.steps()[k], known.values()[k], known.times()[k]));
        }
        series.put(known.name(), values);
    }

    @Override
    public void rows(int train, int test) {
        trainRows = train;
        testRows = test;
    }

    @Override
    public void file(String path, byte[] content) {
        synchronized (files) {
            files.put(path, content.clone());
        }
    }

    @Override
    public void logged(List<LoggedNote> notes, Map<String, byte[]> content) {
        logged.add(notes);
        content.forEach(this::file);
    }

    @Override
    public Path checkpoint() {
        return checkpoint.get();
    }

    @Override
    public void points(long step, Map<String, Double> values) {
        long now = clock.millis();
        values.forEach((name, value) -> {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(name + " is not finite at " + step + ": " + value);
            }
            List<Value> known = series.computeIfAbsent(name, none -> new ArrayList<>());
            if (known.isEmpty() || known.get(known.size() - 1).step() < step) {
                known.add(new Value(step, value, now));
            }
        });
    }

    /**
     * The result, which ends now.
     *
     * @param key the run's key
     * @param leaves what the key is a hash of, as it was found here
     * @param provenance what the run was begun with, by name
     * @param log what there is to say of it, for a person
     */
    public RunResult result(String key, String leaves, RunEnding ending, Map<String, String> provenance, String log) {
        List<Series> gathered = new ArrayList<>();
        series.forEach((name, values) -> gathered.add(new Series(
                name,
                values.stream().mapToLong(Value::step).toArray(),
                values.stream().mapToDouble(Value::value).toArray(),
                values.stream().mapToLong(Value::time).toArray())));
        return new RunResult(
                key,
                leaves,
                ending.status(),
                ending.error(),
                ending.deterministic(),
                started,
                clock.instant(),
                ending.updates(),
                ending.stopped(),
                trainRows,
                testRows,
                ending.parameters(),
                gathered,
                filesSoFar(),
                logged.all(),
                provenance,
                log);
    }

    private Map<String, byte[]> filesSoFar() {
        synchronized (files) {
            return new LinkedHashMap<>(files);
        }
    }
}
