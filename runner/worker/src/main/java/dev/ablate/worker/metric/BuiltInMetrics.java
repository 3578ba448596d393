package dev.ablate.worker.metric;

import dev.ablate.core.plugin.PluginModule;

/** The metrics that come with the program, in the order in which they are measured and listed. */
public final class BuiltInMetrics extends PluginModule {

    private static final String HYNDMAN =
            "Hyndman and Koehler, \"Another look at measures of forecast accuracy\", International Journal of Forecasting 22 (2006)";

    /** For the service loader. */
    public BuiltInMetrics() {}

    @Override
    protected void plug() {
        metric("mse").summary("Mean of the squared errors").source(HYNDMAN).to(MeanSquaredError.class);
        metric("rmse")
                .summary("Square root of the mean of the squared errors, in the target's unit")
                .source(HYNDMAN)
                .to(RootMeanSquaredError.class);
        metric("mae")
                .summary("Mean of the absolute errors, in the target's unit")
                .source(HYNDMAN)
                .to(MeanAbsoluteError.class);
        metric("r2")
                .summary("Share of the targets' spread that the answers explain")
                .source(
                        "Kvalseth, \"Cautionary note about R2\", The American Statistician 39 (1985), its first formula")
                .to(ExplainedSpread.class);
        metric("sse").summary("Sum of the squared errors").to(SumOfSquaredErrors.class);
        metric("error_sum")
                .summary("Sum of the errors with their signs, answer minus target")
                .source("Shukla and Iriondo, \"Neural networks from scratch with Python code and math in detail\"")
                .to(ErrorSum.class);
        metric("accuracy")
                .summary("Share of the rows whose class is answered right")
                .to(Accuracy.class);
    }
}
