package dev.ablate.trainers.dl4j;

import dev.ablate.core.data.Examples;
import dev.ablate.core.training.Batches;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** The rows of each batch as Deeplearning4j takes them. */
final class Rows {

    private final DataSet all;

    Rows(Examples examples) {
        this.all = new DataSet(
                matrix(examples.rows().toArray(), examples.size(), examples.width()),
                matrix(examples.targets(), examples.size(), 1));
    }

    /** The rows of the present batch. */
    DataSet of(Batches batch) {
        // a batch of all rows has them as given
        if (batch.size() == all.numExamples()) {
            return all;
        }
        int[] rows = IntStream.range(0, batch.size()).map(batch::row).toArray();
        return new DataSet(chosen(all.getFeatures(), rows), chosen(all.getLabels(), rows));
    }

    private static INDArray chosen(INDArray matrix, int[] rows) {
        return Nd4j.pullRows(matrix, 1, rows);
    }

    /** A matrix of row-major values. */
    static INDArray matrix(double[] values, int rows, int columns) {
        return Nd4j.createFromArray(values).reshape('c', rows, columns);
    }
}
