package dev.ablate.trainers.reference;

import dev.ablate.core.data.Schema;
import dev.ablate.core.metric.TrivialAnswer;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Trainer;
import dev.ablate.core.training.Training;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Answers every row alike: a neuron whose weights are 0. */
final class Baseline implements Trainer<BaselineOptions> {

    @Override
    public Model train(BaselineOptions options, Training training) {
        TrivialAnswer answer = switch (options.answer()) {
            case MEAN, PRIOR -> TrivialAnswer.MEAN;
            case MEDIAN -> TrivialAnswer.MEDIAN;
            case MAJORITY -> TrivialAnswer.COMMONEST_CLASS;
        };
        List<String> features = training.schema().featureNames();
        double[] numbers = new double[features.size() + 1];
        numbers[features.size()] = answer.of(training.examples().targets());
        Model model = new Weighted(features, numbers, true, Activation.IDENTITY);
        training.after(1, 1, model);
        return model;
    }

    @Override
    public Model restore(BaselineOptions options, Schema schema, InputStream in) throws IOException {
        return Weighted.restored(schema.featureNames(), true, Activation.IDENTITY, in);
    }
}
