package dev.ablate.engine.launch;

import dev.ablate.worker.exchange.RunSpecFile;
import dev.ablate.worker.spec.InputFile;
import dev.ablate.worker.spec.RunSpec;
import dev.ablate.worker.task.Checkpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What of an exchange's folder a task needs. */
final class TaskFiles {

    private TaskFiles() {}

    /** The task's file, its input files, and what earlier attempts have left to go on from; relative to the folder. */
    static List<Path> of(Path folder, RunSpec task) {
        Set<Path> files = new LinkedHashSet<>();
        files.add(Path.of(task.key().hex() + RunSpecFile.ENDING));
        add(task.dataset().options(), files);
        add(task.trainer().options(), files);
        Checkpoint checkpoint = new Checkpoint(folder, task.key());
        List<Path> there = new ArrayList<>(List.of(checkpoint.folder(), checkpoint.points()));
        there.removeIf(Files::notExists);
        there.forEach(file -> files.add(folder.relativize(file)));
        return List.copyOf(files);
    }

    private static void add(Object value, Set<Path> files) {
        if (value instanceof InputFile file) {
            files.add(Path.of(file.path()));
        } else if (value instanceof Iterable<?> list) {
            list.forEach(entry -> add(entry, files));
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(entry -> add(entry, files));
        }
    }
}
