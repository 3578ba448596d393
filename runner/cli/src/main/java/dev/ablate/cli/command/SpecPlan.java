package dev.ablate.cli.command;

import dev.ablate.cli.argument.SpecArguments;
import dev.ablate.cli.terminal.Console;
import dev.ablate.engine.Ablate;
import dev.ablate.engine.Experiment;
import dev.ablate.engine.experiment.Overrides;

/** The experiment that a person names, planned, with its warnings printed. */
final class SpecPlan {

    private SpecPlan() {}

    /**
     * Reads and plans a spec.
     *
     * @throws dev.ablate.engine.problem.RequestException if there is no such spec
     * @throws dev.ablate.engine.problem.SpecException with everything that is wrong
     */
    static Experiment of(Ablate ablate, SpecArguments spec, Console console) {
        return of(ablate, spec, spec.overrides(), console);
    }

    /** The same with other layers on top of the spec. */
    static Experiment of(Ablate ablate, SpecArguments spec, Overrides layers, Console console) {
        Experiment experiment = ablate.experiment(spec.spec()).with(layers);
        console.doing("reading " + spec.spec());
        experiment.warnings().forEach(warning -> console.report(warning.render()));
        return experiment;
    }
}
