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

    /**
     * @param outputs how many numbers answer a row: 1, or one for each class
     */
    Rows(Examples examples, int outputs) {
        double[] targets = outputs == 1 ? examples.targets() : oneOfEach(examples.targets(), outputs);
        this.all = new DataSet(
                matrix(examples.rows().toArray(), examples.size(), examples.width()),
                matrix(targets, examples.size(), outputs));
    }

    /** A 1 for each row's class, and a 0 for the others. */
    private static double[] oneOfEach(double[] targets, int classes) {
        double[] labels = new double[Math.multiplyExact(targets.length, classes)];
        for (int row = 0; row < targets.length; row++) {
            labels[row * classes + (int) targets[row]] = 1;
        }
        return labels;
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
