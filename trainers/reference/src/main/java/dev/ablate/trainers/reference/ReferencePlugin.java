package dev.ablate.trainers.reference;

import dev.ablate.core.plugin.PluginModule;

/** Brings the trainers {@code baseline} and {@code exact}. */
public final class ReferencePlugin extends PluginModule {

    @Override
    protected void plug() {
        trainer("baseline", BaselineOptions.class)
                .summary("One answer to every row, whatever its features: what every other trainer should beat")
                .to(Baseline.class);
        trainer("exact", ExactOptions.class)
                .summary(
                        "The weights that descent should reach: least squares, or of classes the most likely; of three or more they add up to 0 over the classes")
                .source(
                        "Golub and Van Loan, \"Matrix computations\", 4th edition (2013), 5.4;"
                                + " Hastie, Tibshirani and Friedman, \"The elements of statistical learning\", 2nd edition (2009), 4.4.1")
                .to(Exact.class);
    }
}
