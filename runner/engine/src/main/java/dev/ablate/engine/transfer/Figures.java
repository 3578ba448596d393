package dev.ablate.engine.transfer;

import dev.ablate.engine.runs.Point;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.worker.exchange.RunResult;
import dev.ablate.worker.exchange.RunResult.Series;
import dev.ablate.worker.exchange.RunSink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares two results of one run, which are equal but for times and machine. */
public final class Figures {

    private Figures() {}

    /** The first thing in which a run of the store differs from a result of the same run: {@code train/mse at 3 differs}. */
    public static Optional<String> difference(RunStore store, RunRecord there, RunResult result) {
        if (there.status() != RunStatus.valueOf(result.status().name())) {
            return Optional.of("one is " + there.status() + ", the other " + result.status());
        }
        if (!there.parameters().equals(result.parameters())) {
            return Optional.of("their parameters differ");
        }
        Map<String, byte[]> files = store.files(there.id());
        for (Map.Entry<String, byte[]> file : result.files().entrySet()) {
            // what a program logs has times in it, and is not compared
            boolean compared = !file.getKey().startsWith(RunSink.LOGGED);
            if (compared && !Arrays.equals(file.getValue(), files.get(file.getKey()))) {
                return Optional.of("the file " + file.getKey() + " differs");
            }
        }
        Map<String, Double> stored = new HashMap<>();
        for (Point point : store.points(there.id(), 0, Integer.MAX_VALUE)) {
            stored.put(point.series() + " at " + point.step(), point.value());
        }
        List<String> different = new ArrayList<>();
        for (Series series : result.series()) {
            for (int k = 0; k < series.steps().length; k++) {
                String name = series.name() + " at " + series.steps()[k];
                if (!Double.valueOf(series.values()[k]).equals(stored.remove(name))) {
                    different.add(name);
                }
            }
        }
        different.addAll(stored.keySet());
        return different.stream().findFirst().map(name -> name + " differs");
    }
}
