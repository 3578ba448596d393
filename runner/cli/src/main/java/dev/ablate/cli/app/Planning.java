package dev.ablate.cli.app;

import dev.ablate.cli.argument.SpecArguments;
import dev.ablate.cli.argument.UsageException;
import dev.ablate.cli.terminal.Console;
import dev.ablate.engine.data.PartCautions;
import dev.ablate.engine.experiment.Overrides;
import dev.ablate.engine.experiment.Spec;
import dev.ablate.engine.experiment.SpecReader;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.Planned;
import dev.ablate.engine.planning.Planner;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.problem.SpecException;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads and plans what a person names, and prints the warnings. */
public final class Planning {

    private final Console console;
    private final ShippedExperiments shipped;
    private final SpecReader reader;
    private final Planner planner;

    @Inject
    Planning(Console console, ShippedExperiments shipped, SpecReader reader, Planner planner) {
        this.console = console;
        this.shipped = shipped;
        this.reader = reader;
        this.planner = planner;
    }

    /**
     * The plan of a spec.
     *
     * @throws UsageException if there is no such spec
     * @throws SpecException with everything that is wrong
     */
    public Plan plan(SpecArguments arguments) {
        return planned(arguments.spec(), arguments.overrides()).plan();
    }

    /** The same of a spec that was named otherwise, and the spec behind it. */
    Planned planned(String named, Overrides overrides) {
        Planned planned = plannedAgain(named, overrides);
        planned.plan().warnings().forEach(warning -> console.report(warning.render()));
        PartCautions.of(planned.plan().runs())
                .forEach(caution -> console.report(warning(caution).render()));
        return planned;
    }

    /** The same without its warnings: they were reported when it was run, and what matters of them stands in its report. */
    Planned plannedAgain(String named, Overrides overrides) {
        console.doing("reading " + named);
        Problems problems = new Problems();
        return planner.planned(reader.read(shipped.find(named), overrides, problems), problems);
    }

    /** What a spec calls its comparison, if it can be read so far, whatever is wrong with the rest of it. */
    Optional<String> name(String named) {
        try {
            return Optional.of(reader.read(shipped.find(named), Overrides.NONE, new Problems())
                    .name());
        } catch (SpecException e) {
            return Optional.empty();
        }
    }

    private static Problem warning(PartCautions.Caution caution) {
        return new Problem(Problem.Severity.WARNING, Optional.empty(), caution.what(), caution.wayOut(), List.of());
    }

    /**
     * The plan of a spec that was stored, without its warnings, which were printed when it was run.
     *
     * @param text as {@link Plan#resolved} gave it; its paths are relative to where the person is
     */
    Plan planStored(String text, Overrides overrides) {
        Problems problems = new Problems();
        return planner.plan(reader.readText(Path.of("spec.yaml"), text, overrides, problems), problems);
    }

    /** The spec as it is understood, as YAML; see {@link Planner#render}. */
    public String render(SpecArguments arguments, boolean origins) {
        Problems problems = new Problems();
        return planner.render(read(arguments, problems), origins, problems);
    }

    /** A spec with all layers applied, as far as it can be read. */
    Spec read(SpecArguments arguments, Problems problems) {
        return reader.read(shipped.find(arguments.spec()), arguments.overrides(), problems);
    }
}
