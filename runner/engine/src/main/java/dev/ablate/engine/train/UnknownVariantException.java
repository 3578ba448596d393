package dev.ablate.engine.train;

import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.problem.RequestException;
import dev.ablate.engine.problem.Suggestion;
import java.util.Collection;

/** A variant was named that an experiment does not have; the message says which there are. */
public final class UnknownVariantException extends RequestException {

    private static final long serialVersionUID = 1L;

    /**
     * @param known what there is
     * @param plan has it, or does not
     */
    public UnknownVariantException(String name, Collection<String> known, Plan plan) {
        super(Suggestion.unknown("no variant", name, known, "variants", plan.variants()));
    }
}
