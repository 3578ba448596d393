package dev.ablate.datasets;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.DatasetSource;
import dev.ablate.core.data.Examples;
import dev.ablate.core.option.NoOptions;
import java.util.List;

/** Symptoms of eight made-up people; the third and the sixth have the same ones, and only the sixth is infected. */
final class VirusSymptoms implements DatasetSource<NoOptions> {

    static final String SOURCE =
            "Shukla and Iriondo, \"Neural networks from scratch with Python code and math in detail\"";

    private static final List<String> SYMPTOMS = List.of("loss_of_smell", "weight_loss", "runny_nose", "body_pain");

    // spotless:off
    private static final double[] PEOPLE = {
        1, 0, 0, 1,
        1, 0, 0, 0,
        0, 0, 1, 1,
        0, 1, 0, 0,
        1, 1, 0, 0,
        0, 0, 1, 1,
        0, 0, 0, 1,
        0, 0, 1, 0,
    };
    // spotless:on

    private static final double[] INFECTED = {1, 1, 0, 0, 1, 1, 0, 0};

    @Override
    public Dataset open(NoOptions options) {
        return Dataset.classification(Examples.of(SYMPTOMS, PEOPLE, INFECTED), "infected", SOURCE);
    }
}
