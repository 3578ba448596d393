package dev.ablate.engine.train;

import dev.ablate.core.training.Model;
import dev.ablate.engine.data.RunData;
import dev.ablate.engine.data.Scaling;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import java.util.ArrayList;
import java.util.List;

/** Answers of a finished run's model to rows of anybody, in raw units; nothing is trained for it. */
public final class Predictor {

    private final int width;
    private final int[] columns;
    private final Scaling scaling;
    private final Model model;

    private Predictor(int width, int[] columns, Scaling scaling, Model model) {
        this.width = width;
        this.columns = columns;
        this.scaling = scaling;
        this.model = model;
    }

    /**
     * The model of a run, brought back from its parameters.
     *
     * @param features the names of a row's values, such as {@link dev.ablate.engine.plan.Plan#features}; the run takes its own
     * @param run what was planned
     * @param record what came of it
     * @throws IllegalArgumentException if the run has not finished, or trained on a feature that a row does not have
     */
    public static Predictor of(List<String> features, PlannedRun run, RunRecord record) {
        if (record.status() != RunStatus.FINISHED) {
            throw new IllegalArgumentException("run " + run.label() + " has not finished");
        }
        int[] columns = run.features().stream().mapToInt(features::indexOf).toArray();
        for (int k = 0; k < columns.length; k++) {
            if (columns[k] < 0) {
                throw new IllegalArgumentException(
                        "run " + run.label() + " needs " + run.features().get(k) + "; a row has " + features);
            }
        }
        return new Predictor(
                features.size(),
                columns,
                RunData.of(run).scaling(),
                run.trainer().restore(run.features(), record.parameters()));
    }

    /**
     * One answer a row, in the target's raw unit.
     *
     * @param rows raw, each of the width of the features
     * @throws IllegalArgumentException if a row has another width
     */
    public List<Double> answers(List<List<Double>> rows) {
        double[] block = new double[rows.size() * columns.length];
        int at = 0;
        for (List<Double> row : rows) {
            if (row.size() != width) {
                throw new IllegalArgumentException("a row has " + row.size() + " values, not " + width);
            }
            for (int column : columns) {
                block[at++] = row.get(column);
            }
        }
        double[] answers = new double[rows.size()];
        model.predict(scaling.rows(block), answers);
        scaling.undo(answers);
        List<Double> found = new ArrayList<>(answers.length);
        for (double answer : answers) {
            found.add(answer);
        }
        return found;
    }
}
