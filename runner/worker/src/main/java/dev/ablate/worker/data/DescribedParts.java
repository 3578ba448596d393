package dev.ablate.worker.data;

import dev.ablate.core.data.Contradictions;
import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Task;
import dev.ablate.worker.context.RunContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/** What a run keeps of its data: a description of each part, for which all its values are read. Made once; safe for several threads. */
public final class DescribedParts {

    /** So many values take as long to read as another thread takes to begin. */
    private static final int MANY = 20_000;

    private final RunContext run;
    private final Examples train;
    private final Optional<Examples> validation;
    private final Optional<Examples> test;

    /** Whether missing values were filled in. */
    private final boolean filled;

    private @Nullable List<DataPart> parts;

    DescribedParts(
            RunContext run, Examples train, Optional<Examples> validation, Optional<Examples> test, boolean filled) {
        this.run = run;
        this.train = train;
        this.validation = validation;
        this.test = test;
        this.filled = filled;
    }

    /** Begins to make those of many rows, on another thread. */
    public void begin() {
        if ((long) train.size() * run.features().size() >= MANY) {
            ForkJoinPool.commonPool().execute(this::parts);
        }
    }

    /** The part that the run learns from and those that are held back, where they are others; nothing of data without rows. */
    public synchronized List<DataPart> parts() {
        List<DataPart> known = parts;
        if (known == null) {
            List<DataPart> found = new ArrayList<>();
            if (!run.dataset().isNone()) {
                found.add(part("train", train));
            }
            validation.map(held -> part("validation", held)).ifPresent(held -> addIfOther(held, found));
            test.map(held -> part("test", held)).ifPresent(held -> addIfOther(held, found));
            known = List.copyOf(found);
            parts = known;
        }
        return known;
    }

    /** Of two alike, which a tracker may not distinguish, the first: the one that was learned from, or stopped by. */
    private static void addIfOther(DataPart part, List<DataPart> parts) {
        if (parts.stream().noneMatch(other -> other.digest().equals(part.digest()))) {
            parts.add(part);
        }
    }

    private DataPart part(String context, Examples examples) {
        Dataset all = run.dataset();
        return DataPart.of(
                context,
                run.params().getOrDefault("dataset.plugin", all.target()),
                all.with(examples),
                contradictory(examples),
                all.examples().features());
    }

    /** How many rows of a part another one of them contradicts; none where none of all rows does, which is looked for once for all runs. */
    private int contradictory(Examples part) {
        Task task = run.dataset().task();
        boolean sameRows =
                !filled && part.features().equals(run.dataset().examples().features());
        if (sameRows && Contradictions.in(run.dataset().examples(), task).rows().isEmpty()) {
            return 0;
        }
        return Contradictions.in(part, task).rows().size();
    }
}
