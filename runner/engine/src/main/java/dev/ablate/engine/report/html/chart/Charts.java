package dev.ablate.engine.report.html.chart;

import dev.ablate.engine.compare.Measure;
import dev.ablate.engine.compare.Question;
import dev.ablate.engine.report.Group;
import dev.ablate.engine.report.Palette;
import dev.ablate.engine.report.Report;
import dev.ablate.engine.report.picture.Pictures;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** All charts of a report, each where it applies. */
public final class Charts {

    /** For what is nobody's own: no variant has this colour. */
    static final String GREY = "#7f7f7f";

    private static final List<List<Integer>> DASHES = List.of(
            List.of(), List.of(7, 3), List.of(2, 3), List.of(8, 3, 2, 3), List.of(14, 4), List.of(8, 3, 2, 3, 2, 3));

    private Charts() {}

    /** Those that a report has something for, in the order in which they are read: what was asked first, then why. */
    public static List<Chart> of(Report report, Pictures pictures) {
        Question question = report.findings().question();
        List<Chart> charts = new ArrayList<>(EffectCharts.of(report.findings()));
        charts.addAll(RankCharts.of(report.findings()));
        if (report.comparison().isEmpty()) {
            charts.addAll(DifferenceCharts.of(report.findings()));
        }
        charts.addAll(SweepCharts.of(report.findings()));
        boolean stopped = report.comparison().stream()
                .flatMap(comparison -> comparison.outcomes().stream())
                .anyMatch(outcome -> outcome.record().stopped());
        charts.addAll(new CurveCharts(question, stopped).of(pictures.curves()));
        ModelCharts models = new ModelCharts(question);
        report.comparison().ifPresent(comparison -> {
            charts.addAll(models.responses(pictures, comparison.plan()));
            charts.addAll(models.fits(pictures, comparison.plan()));
            charts.addAll(new ResidualCharts(question)
                    .of(pictures.fits(), ModelCharts.target(comparison.plan().dataset())));
            charts.addAll(new RegionCharts(question).of(pictures.regions()));
            charts.addAll(WeightCharts.of(comparison));
            charts.addAll(new SeparationCharts(question)
                    .of(pictures.separations(), comparison.plan().dataset()));
        });
        charts.addAll(new ConfusionCharts(question).of(pictures.confusions()));
        return charts;
    }

    static String colour(Question question, Group group) {
        return Palette.colour(question.variants().indexOf(group.variant()));
    }

    /** Lines of one variant differ in their dashes, those of different variants in their colours. */
    static Sign line(Question question, Group group) {
        return Sign.line(colour(question, group), DASHES.get(cell(question, group) % DASHES.size()));
    }

    /** Dots of one variant differ in their symbols, and so do those of different variants, for people who see no colours. */
    static Sign dot(Question question, Group group) {
        int place = Group.of(question).indexOf(group);
        return Sign.dot(Sign.SYMBOLS.get(Math.floorMod(place, Sign.SYMBOLS.size())), colour(question, group));
    }

    /** Areas of one variant differ in how deep their colour is. */
    static Sign area(Question question, Group group) {
        int cells = question.cells().size();
        if (cells == 1) {
            return Sign.area(colour(question, group));
        }
        int depth = 255 - 175 * cell(question, group) / (cells - 1);
        return Sign.area(colour(question, group) + Integer.toHexString(depth));
    }

    /** Of several runs, whose model is drawn. */
    static String whose(long seed, int runs) {
        return runs > 1 ? " Each shows the model of seed " + seed + ", the first of " + runs + " runs." : "";
    }

    /** Which way is better. */
    static String better(Measure measure) {
        return switch (measure.goal()) {
            case MINIMIZE -> "Lower is better. ";
            case MAXIMIZE -> "Higher is better. ";
        };
    }

    /** The axis of a metric; of a share, such as accuracy, up to 1, which is all, however far away that is. */
    static Ticks heights(Question question, String metric, DoubleStream values) {
        return Ticks.around(
                question.known().isShare(metric) ? DoubleStream.concat(values, DoubleStream.of(1)) : values);
    }

    private static int cell(Question question, Group group) {
        return Math.max(0, question.cells().indexOf(group.cell()));
    }
}
