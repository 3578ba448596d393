package dev.ablate.worker.train;

import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Matrix;
import dev.ablate.core.data.Schema;
import dev.ablate.core.note.RunNotes;
import dev.ablate.core.training.Decision;
import dev.ablate.core.training.Training;
import dev.ablate.worker.context.RunContext;
import dev.ablate.worker.data.RunData;
import dev.ablate.worker.data.Streams;
import dev.ablate.worker.data.UnscalableException;
import dev.ablate.worker.spec.SplitSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What one run hands to its trainer: data, chance, threads, and places for files. */
abstract class RunMaterial implements Training {

    private final RunContext run;
    private final RunData data;
    private final int threads;
    private final int slot;
    private final RunFolder folder;
    private final Examples examples;
    private final Streams streams;

    /**
     * @throws RunFailure if the data cannot be scaled
     */
    RunMaterial(RunContext run, RunData data, int threads, int slot, RunFolder folder) {
        this.run = run;
        this.data = data;
        this.threads = threads;
        this.slot = slot;
        this.folder = folder;
        this.examples = scaled(data);
        this.streams = new Streams(run.seed(), run.split().flatMap(SplitSettings::fold));
    }

    private static Examples scaled(RunData data) {
        try {
            // what cannot be scaled is found before anything is trained
            data.scaledValidation();
            return data.scaledTrain();
        } catch (UnscalableException e) {
            throw new RunFailure(0, String.valueOf(e.getMessage()), !data.drawn());
        }
    }

    @Override
    public Schema schema() {
        return RunData.schema(run);
    }

    @Override
    public Examples examples() {
        if (run.dataset().isNone()) {
            throw new IllegalStateException("the run has no data");
        }
        return examples;
    }

    @Override
    public Optional<Examples> validation() {
        return data.scaledValidation();
    }

    @Override
    public Optional<Matrix> testRows() {
        return data.scaledTest();
    }

    @Override
    public String variant() {
        return run.variant();
    }

    @Override
    public int slot() {
        return slot;
    }

    @Override
    public long seed() {
        return streams.seed();
    }

    @Override
    public int threads() {
        return threads;
    }

    @Override
    public void keep(Path file) {
        folder.keep(file);
    }

    @Override
    public RunNotes notes() {
        return folder.notes();
    }

    @Override
    public Path checkpoint() {
        return folder.checkpoint();
    }

    @Override
    public Decision decision() {
        return run.decision();
    }

    @Override
    public RandomGenerator random(String stream) {
        return streams.stream(stream);
    }

    /** Whether every other seed gives the same. */
    boolean deterministic() {
        return !streams.wereAsked() && !data.drawn();
    }
}
