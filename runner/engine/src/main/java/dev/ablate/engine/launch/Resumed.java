package dev.ablate.engine.launch;

import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.Point;
import dev.ablate.engine.runs.RunLog;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.worker.exchange.ExchangeException;
import dev.ablate.worker.exchange.ResultFile;
import dev.ablate.worker.exchange.ResultSink;
import dev.ablate.worker.exchange.RunEnding;
import dev.ablate.worker.exchange.RunResult;
import dev.ablate.worker.exchange.RunResult.Series;
import dev.ablate.worker.exchange.RunResult.Status;
import dev.ablate.worker.exchange.RunSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Takes what an interrupted attempt has left, its checkpoint and its points, along with its task, and back. */
final class Resumed {

    private final RunStore store;
    private final ExchangeFolder folder;
    private final Clock clock;

    Resumed(RunStore store, ExchangeFolder folder, Clock clock) {
        this.store = store;
        this.folder = folder;
        this.clock = clock;
    }

    /** Copies what an attempt has left here, if there is anything, unless one elsewhere has left more. */
    void takeAlong(PlannedRun run) {
        Path checkpoint = store.checkpoint(run.key());
        Optional<RunRecord> attempt = store.find(run.key())
                .filter(there -> there.status() == RunStatus.KILLED || there.status() == RunStatus.RUNNING);
        if (attempt.isEmpty() || !Files.isDirectory(checkpoint) || Files.isDirectory(folder.checkpoint(run.key()))) {
            return;
        }
        ExchangeFolder.copyCheckpoint(checkpoint, folder.checkpoint(run.key()));
        ResultSink sink = new ResultSink(clock, () -> checkpoint);
        Map<Long, Map<String, Double>> steps = new TreeMap<>();
        for (Point point : store.points(attempt.get().id(), 0, Integer.MAX_VALUE)) {
            steps.computeIfAbsent(point.step(), none -> new LinkedHashMap<>()).put(point.series(), point.value());
        }
        steps.forEach(sink::points);
        sink.logged(
                store.notes(attempt.get().id(), 0),
                logged(store.files(attempt.get().id())));
        ResultFile.write(
                sink.result(
                        run.key().hex(),
                        RunSpecs.leaves(run),
                        RunEnding.killed(attempt.get().updates()),
                        Map.of(),
                        ""),
                folder.points(run.key()));
    }

    /**
     * Copies what an attempt elsewhere has left, if there is anything.
     *
     * @param log gets its points
     * @return the last update that was recorded
     */
    long takeBack(PlannedRun run, RunLog log) {
        ExchangeFolder.copyCheckpoint(folder.checkpoint(run.key()), store.checkpoint(run.key()));
        Optional<RunResult> result = read(folder.task(run).result())
                .filter(there -> there.status() == Status.KILLED)
                .or(() -> read(folder.points(run.key())));
        Map<Long, Map<String, Double>> steps = new TreeMap<>();
        result.ifPresent(there -> {
            for (Series series : there.series()) {
                for (int k = 0; k < series.steps().length; k++) {
                    steps.computeIfAbsent(series.steps()[k], none -> new LinkedHashMap<>())
                            .put(series.name(), series.values()[k]);
                }
            }
            if (there.trainRows() > 0) {
                log.rows(there.trainRows(), there.testRows());
            }
        });
        steps.forEach(log::points);
        result.ifPresent(there -> log.logged(there.notes(), logged(there.files())));
        return result.map(RunResult::updates).orElse(0L);
    }

    private static Map<String, byte[]> logged(Map<String, byte[]> files) {
        Map<String, byte[]> found = new LinkedHashMap<>(files);
        found.keySet().removeIf(path -> !path.startsWith(RunSink.LOGGED));
        return found;
    }

    private static Optional<RunResult> read(Path file) {
        try {
            return Files.exists(file) ? Optional.of(ResultFile.read(file)) : Optional.empty();
        } catch (ExchangeException e) {
            // the run is trained from its start, as without it
            return Optional.empty();
        }
    }
}
