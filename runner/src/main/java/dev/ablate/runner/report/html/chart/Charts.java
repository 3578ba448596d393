package dev.ablate.runner.report.html.chart;

import dev.ablate.runner.compare.Question;
import dev.ablate.runner.report.Group;
import dev.ablate.runner.report.Palette;
import dev.ablate.runner.report.Report;
import dev.ablate.runner.report.picture.Pictures;
import java.util.ArrayList;
import java.util.List;

/** All charts of a report, each where it applies. */
public final class Charts {

    /** For what is nobody's own: no variant has this colour. */
    static final String GREY = "#7f7f7f";

    private Charts() {}

    /** Those that a report has something for, in the order in which they are read. */
    public static List<Chart> of(Report report, Pictures pictures) {
        Question question = report.findings().question();
        List<Chart> charts = new ArrayList<>(EffectCharts.of(report.findings()));
        charts.addAll(SweepCharts.of(report.findings()));
        ModelCharts models = new ModelCharts(question);
        report.comparison().ifPresent(comparison -> {
            charts.addAll(models.responses(pictures, comparison.plan()));
            charts.addAll(models.fits(pictures, comparison.plan()));
            charts.addAll(new RegionCharts(question).of(pictures.regions()));
        });
        charts.addAll(new CurveCharts(question).of(pictures.curves()));
        report.comparison().ifPresent(comparison -> charts.addAll(WeightCharts.of(comparison)));
        charts.addAll(new ConfusionCharts(question).of(pictures.confusions()));
        return charts;
    }

    static String colour(Question question, Group group) {
        return Palette.colour(question.variants().indexOf(group.variant()));
    }

    /** Lines of one variant differ in their dashes, those of different variants in their colours. */
    static Object dashes(Question question, Group group) {
        int cell = question.cells().indexOf(group.cell());
        return switch (cell % 4) {
            case 0 -> "solid";
            case 1 -> List.of(7, 3);
            case 2 -> List.of(2, 3);
            default -> List.of(8, 3, 2, 3);
        };
    }

    /** Groups differ in their symbols too, for who cannot tell the colours. */
    static String symbol(Question question, Group group) {
        return List.of("circle", "rect", "triangle", "diamond", "roundRect", "pin", "arrow")
                .get(Math.floorMod(question.variants().indexOf(group.variant()), 7));
    }
}
