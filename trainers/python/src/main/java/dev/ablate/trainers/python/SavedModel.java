package dev.ablate.trainers.python;

import dev.ablate.core.data.Matrix;
import dev.ablate.core.training.Model;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** What a script has saved: each block of rows is answered by a process that loads it. */
final class SavedModel implements Model {

    private final Processes processes;
    private final Processes.Asked asked;
    private final byte[] archive;

    /**
     * @param archive not changed any more
     */
    SavedModel(Processes processes, Processes.Asked asked, byte[] archive) {
        this.processes = processes;
        this.asked = asked;
        this.archive = archive;
    }

    @Override
    public void predict(Matrix rows, double[] answers) {
        processes.answer(asked, archive, rows, answers);
    }

    @Override
    public Map<String, Double> parameters() {
        return Map.of();
    }

    @Override
    public void write(OutputStream out) {
        try {
            out.write(archive);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
