package dev.ablate.engine.kinds;

import dev.ablate.core.data.Schema;
import dev.ablate.core.option.NoOptions;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Parameters;
import dev.ablate.core.training.Trainer;
import dev.ablate.core.training.Training;
import dev.ablate.engine.kinds.Averaging.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Answers the middle between the smallest and the largest target, which it finds in one go. */
final class Midpoint implements Trainer<NoOptions> {

    @Override
    public Model train(NoOptions options, Training training) {
        double[] targets = training.examples().targets();
        Answer middle = new Answer((Arrays.stream(targets).min().orElseThrow()
                        + Arrays.stream(targets).max().orElseThrow())
                / 2);
        training.after(1, 1, middle);
        return middle;
    }

    @Override
    public Model restore(NoOptions options, Schema schema, InputStream in) throws IOException {
        Double answer = Parameters.read(in).get("mean");
        if (answer == null) {
            throw new IllegalArgumentException("the one parameter is mean");
        }
        return new Answer(answer);
    }
}
