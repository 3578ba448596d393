package dev.ablate.engine.model;

import dev.ablate.core.data.Matrix;
import dev.ablate.core.training.Model;
import dev.ablate.worker.model.TrainedModel;
import java.util.List;

/** The model of a run, brought back: it answers rows in raw units. Any number of threads may ask it. */
public final class RunModel {

    private final String run;
    private final TrainedModel description;

    /** What answers scaled rows. */
    private final Answering answering;

    private interface Answering {
        void predict(Matrix rows, double[] answers);
    }

    private RunModel(String run, TrainedModel description, Answering answering) {
        this.run = run;
        this.description = description;
        this.answering = answering;
    }

    /**
     * A model of dense layers, which needs nothing but its description.
     *
     * @param run what messages call the run: {@code bias/seed=42}
     */
    public static RunModel of(String run, TrainedModel dense) {
        DenseModel layers = new DenseModel(dense.layers(), dense.decision().tie());
        return new RunModel(run, dense, layers::predict);
    }

    /**
     * A model that its trainer brought back.
     *
     * @param run what messages call the run: {@code bias/seed=42}
     */
    public static RunModel of(String run, TrainedModel description, Model restored) {
        return new RunModel(run, description, restored::predict);
    }

    /** What messages call the run. */
    public String run() {
        return run;
    }

    /** What is known of it. */
    public TrainedModel description() {
        return description;
    }

    /**
     * The answers in the target's raw unit, row-major: as many numbers a row as {@link TrainedModel#outputs()} says.
     *
     * @param rows raw, its own features in order, {@code [n, d]}
     */
    public double[] answers(Matrix rows) {
        double[] answers = new double[Math.multiplyExact(rows.size(), description.outputs())];
        answering.predict(scaled(rows), answers);
        if (!description.answerScale().equals(TrainedModel.Scale.NONE)) {
            for (int row = 0; row < answers.length; row++) {
                answers[row] = description.answerScale().raw(answers[row]);
            }
        }
        return answers;
    }

    private Matrix scaled(Matrix rows) {
        List<TrainedModel.Scale> scales = description.scales();
        if (scales.isEmpty()) {
            return rows;
        }
        double[] scaled = new double[Math.multiplyExact(rows.size(), rows.width())];
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < rows.width(); column++) {
                scaled[row * rows.width() + column] = scales.get(column).scaled(rows.value(row, column));
            }
        }
        return Matrix.wrap(rows.width(), scaled);
    }
}
