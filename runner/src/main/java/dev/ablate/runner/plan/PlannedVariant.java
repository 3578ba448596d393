package dev.ablate.runner.plan;

import dev.ablate.runner.catalog.Bound;
import dev.ablate.runner.catalog.BoundTrainer;
import dev.ablate.runner.spec.Spec;
import java.util.List;

/** A variant with the trainer and the features that were found for it. */
record PlannedVariant(Spec.Variant spec, Bound<BoundTrainer> trainer, List<String> features) {

    String name() {
        return spec.name();
    }
}
