package dev.ablate.engine;

import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.model.ModelGraphs;
import dev.ablate.engine.report.BestRun;
import dev.ablate.engine.runs.Registration;
import dev.ablate.engine.runs.RunStore;
import java.util.Optional;
import java.util.function.Consumer;

/** Which run's model is to be in the model registry. */
final class RegistryChoice {

    private RegistryChoice() {}

    /** What the spec asks for, if it can be; remarks which run it is, or why it is none. */
    static Optional<Registration> of(Comparison comparison, RunStore store, Consumer<String> remarks) {
        Optional<String> name = comparison.plan().track().register();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        BestRun.Choice choice =
                BestRun.of(comparison.findings(), comparison.plan().track().registerFrom());
        Optional<BestRun> best = choice.run();
        if (best.isEmpty()) {
            remarks.accept("Nothing is registered as " + name.get() + ": " + choice.reason());
            return Optional.empty();
        }
        boolean modelled = store.find(best.get().key())
                .filter(record -> store.files(record.id()).containsKey(ModelGraphs.FILE))
                .isPresent();
        if (!modelled) {
            remarks.accept("Nothing is registered as " + name.get() + ": run "
                    + best.get().label()
                    + " has no stored model, as its trainer has no layers, or an older Ablate trained it"
                    + " (then: --force)");
            return Optional.empty();
        }
        remarks.accept("To be registered as " + name.get() + ": the model of "
                + best.get().label());
        return Optional.of(
                new Registration(name.get(), best.get().key(), best.get().description()));
    }
}
