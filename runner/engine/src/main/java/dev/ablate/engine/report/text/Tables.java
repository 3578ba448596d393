package dev.ablate.engine.report.text;

import dev.ablate.engine.compare.Question;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.report.Report;
import dev.ablate.engine.report.layout.Sheet;
import dev.ablate.engine.report.layout.Table;
import java.util.stream.Stream;

/** The tables of a report, alike in every form of it. */
public final class Tables {

    private static final String NONE = "-";

    private Tables() {}

    /** What each variant changes; nothing where nothing is compared. */
    public static void effects(Report report, Sheet sheet) {
        EffectTables.write(report.findings(), sheet);
        SizeTables.posteriors(report.findings(), sheet);
    }

    /** How large effects are, for information; nothing where chance has no part in them. */
    public static void sizes(Report report, Sheet sheet) {
        SizeTables.sizes(report.findings(), sheet);
    }

    /** Means and standard deviations of the metrics. */
    public static void metrics(Report report, Sheet sheet) {
        metrics(report, Detail.PAGE, sheet);
    }

    /** Those that are compared, or all of them. */
    static void metrics(Report report, Detail detail, Sheet sheet) {
        MetricTables.write(report, detail, sheet);
    }

    /** What the models answer and what they have learned, side by side; nothing where no plan made the runs. */
    public static void models(Report report, Sheet sheet) {
        models(report, Detail.PAGE, sheet);
    }

    /** The same with more or less of it. */
    static void models(Report report, Detail detail, Sheet sheet) {
        ClassTables.write(report, detail, sheet);
        report.comparison().ifPresent(comparison -> ModelTables.write(comparison, detail, sheet));
    }

    /** How features were coded, and what was filled in; nothing where data are numbers without a missing value. */
    public static void coding(Report report, Sheet sheet) {
        report.comparison().ifPresent(comparison -> CodingTables.write(comparison, sheet));
    }

    /** The leaves in which the variants differ; nothing where there is none. */
    public static void differences(Report report, Sheet sheet) {
        if (report.differences().isEmpty()) {
            return;
        }
        Question question = report.findings().question();
        Table table = new Table().text("");
        question.variants().forEach(table::textOf);
        for (Plan.Difference difference : report.differences()) {
            table.row(Stream.concat(
                            Stream.of(difference.path()),
                            question.variants().stream()
                                    .map(variant -> difference.values().getOrDefault(variant, NONE)))
                    .toList());
        }
        sheet.table("Only this differs", table);
    }
}
