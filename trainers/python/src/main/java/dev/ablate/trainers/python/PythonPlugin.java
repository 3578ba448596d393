package dev.ablate.trainers.python;

import dev.ablate.core.plugin.PluginModule;

/** Brings the trainer {@code python}. */
public final class PythonPlugin extends PluginModule {

    @Override
    protected void plug() {
        trainer("python", PythonOptions.class)
                .summary(
                        "A script of Python that trains, or an estimator of scikit-learn; what it learns is measured as any other model")
                .to(Python.class);
    }
}
