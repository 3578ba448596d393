package dev.ablate.launchers.spark;

import java.io.IOException;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;

/**
 * Trains a chunk on an executor, whatever is given to it, and gives the bytes of a {@link ChunkResult}.
 *
 * <p>It is a value of its own, since Spark writes it as Java does, and what it works on as the user's settings say.
 */
record ChunkFunction(TrainingCode code, List<SentTask> tasks) implements Function<Integer, byte[]> {

    @Override
    public byte[] call(Integer nothing) throws IOException {
        return Workplace.of(code).train(tasks, TaskContext.get()).bytes();
    }
}
