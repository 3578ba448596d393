package dev.ablate.engine;

import dev.ablate.core.data.Dataset;
import dev.ablate.engine.experiment.Overrides;
import dev.ablate.engine.experiment.SpecReader;
import dev.ablate.engine.plan.Planned;
import dev.ablate.engine.planning.Planner;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.problem.SpecException;
import java.util.List;
import java.util.Optional;

/** Reads and plans specs. */
final class Planning {

    private final SpecReader reader;
    private final Planner planner;

    Planning(SpecReader reader, Planner planner) {
        this.reader = reader;
        this.planner = planner;
    }

    /**
     * The plan of a spec.
     *
     * @throws SpecException with everything that is wrong
     */
    Planned planned(SpecSource source, Overrides overrides) {
        Problems problems = new Problems();
        return planner.planned(source.read(reader, overrides, problems), problems);
    }

    /** What a spec calls its comparison, if it can be read so far, whatever is wrong with the rest of it. */
    Optional<String> name(SpecSource source) {
        try {
            return Optional.of(
                    source.read(reader, Overrides.NONE, new Problems()).name());
        } catch (SpecException e) {
            return Optional.empty();
        }
    }

    /** The data of a spec; see {@link Planner#datasets}. */
    List<Dataset> datasets(SpecSource source, Overrides overrides) {
        Problems problems = new Problems();
        return planner.datasets(source.read(reader, overrides, problems), problems);
    }

    /** The spec as it is understood, as YAML; see {@link Planner#render}. */
    String render(SpecSource source, Overrides overrides, boolean origins) {
        Problems problems = new Problems();
        return planner.render(source.read(reader, overrides, problems), origins, problems);
    }
}
