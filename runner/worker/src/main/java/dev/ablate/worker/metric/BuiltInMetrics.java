package dev.ablate.worker.metric;

import dev.ablate.core.plugin.PluginModule;

/** The metrics that come with the program, in the order in which they are measured and listed. */
public final class BuiltInMetrics extends PluginModule {

    private static final String HYNDMAN =
            "Hyndman and Koehler, \"Another look at measures of forecast accuracy\", International Journal of Forecasting 22 (2006)";

    private static final String SOKOLOVA =
            "Sokolova and Lapalme, \"A systematic analysis of performance measures for classification tasks\","
                    + " Information Processing and Management 45 (2009)";

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
        metric("balanced_accuracy")
                .summary("Mean of the classes' recall, so that each class counts the same")
                .to(BalancedAccuracy.class);
        metric("precision")
                .summary("Share of the rows answered with a class that is of it")
                .source(SOKOLOVA)
                .to(Precision.class);
        metric("recall")
                .summary("Share of the rows of a class that is answered with it")
                .source(SOKOLOVA)
                .to(Recall.class);
        metric("f1")
                .summary("Harmonic mean of precision and recall")
                .source(SOKOLOVA)
                .to(FScore.class);
        metric("mcc")
                .summary("Correlation of classes and answers")
                .source("Gorodkin, \"Comparing two K-category assignments by a K-category correlation coefficient\","
                        + " Computational Biology and Chemistry 28 (2004)")
                .to(MatthewsCorrelation.class);
        metric("roc_auc")
                .summary("How often a row of a class is answered higher than another row")
                .source("Fawcett, \"An introduction to ROC analysis\", Pattern Recognition Letters 27 (2006)")
                .to(RocAuc.class);
        metric("pr_auc")
                .summary("Average precision over all thresholds")
                .source("Davis and Goadrich, \"The relationship between precision-recall and ROC curves\", ICML (2006)")
                .to(PrAuc.class);
        metric("log_loss")
                .summary("Mean of the negative logarithm of the probability answered to the right class")
                .to(LogLoss.class);
        metric("medae")
                .summary("Median of the absolute errors, in the target's unit")
                .to(MedianAbsoluteError.class);
    }
}
