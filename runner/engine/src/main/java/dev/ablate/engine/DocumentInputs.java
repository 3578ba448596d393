package dev.ablate.engine;

import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.train.Outcome;
import dev.ablate.worker.spec.KeyText;
import java.util.Set;
import java.util.TreeSet;

/**
 * All that the stored documents of a comparison are made of: where it is the same, they are.
 *
 * <p>An attempt that has ended never changes. So its number stands for all that is stored of it, and the numbers of the runs that the
 * comparison ever had for what is said of where they come from.
 */
final class DocumentInputs {

    private DocumentInputs() {}

    /**
     * The SHA-256 of them.
     *
     * @param code what the program is, see {@link dev.ablate.engine.provenance.ProgramCode}
     * @param only the variants that were asked for; empty: all
     */
    static String hash(String code, Comparison comparison, Set<String> only, Experiment experiment, RunStore store) {
        Plan plan = comparison.plan();
        StringBuilder text = new StringBuilder();
        part(text, code);
        part(text, plan.resolved());
        part(text, experiment.planned().origins());
        part(text, experiment.invocation().command());
        part(text, experiment.typed().command());
        part(text, new TreeSet<>(only).toString());
        part(text, plan.warnings().toString());
        for (Outcome outcome : comparison.outcomes()) {
            part(text, outcome.run().label());
            part(text, outcome.record().id() + " " + outcome.record().status());
        }
        part(text, store.begun(plan.key()).toString());
        return KeyText.hash(text.toString());
    }

    /** With its length, so that no two lists of parts are alike. */
    private static void part(StringBuilder text, String part) {
        text.append(part.length()).append(' ').append(part).append('\n');
    }
}
