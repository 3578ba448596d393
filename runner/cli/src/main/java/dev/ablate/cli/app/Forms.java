package dev.ablate.cli.app;

import dev.ablate.cli.argument.OutputArguments;
import dev.ablate.cli.terminal.Console;
import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.compare.Measure;
import dev.ablate.engine.report.Report;
import dev.ablate.engine.report.data.CsvReport;
import dev.ablate.engine.report.data.JsonReport;
import dev.ablate.engine.report.data.Tracking;
import dev.ablate.engine.report.html.HtmlReport;
import dev.ablate.engine.report.html.Provenance;
import dev.ablate.engine.report.layout.Table;
import dev.ablate.engine.report.picture.Pictures;
import dev.ablate.engine.report.picture.SmallCurves;
import dev.ablate.engine.report.text.Detail;
import dev.ablate.engine.report.text.MarkdownReport;
import dev.ablate.engine.report.text.TextReport;
import dev.ablate.engine.runs.RunStore;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.List;
import java.util.Map;

/** A report in each of its forms. */
public final class Forms {

    private final Console console;
    private final Provider<RunStore> store;

    @Inject
    Forms(Console console, Provider<RunStore> store) {
        this.console = console;
        this.store = store;
    }

    /** In the form that was asked for; {@link #page} is not one of them. */
    String of(Report report, OutputArguments output, Tracking tracking) {
        return switch (output.format()) {
            case TABLE -> text(report).whole();
            case CSV -> CsvReport.render(report);
            case MD -> MarkdownReport.render(report);
            case JSON ->
                output.series()
                        ? JsonReport.renderWithSeries(report, tracking, store.get())
                        : JsonReport.render(report, tracking);
            case HTML -> throw new IllegalArgumentException("a page needs to know where its runs come from");
        };
    }

    /** For a person, in two pieces. */
    TextReport text(Report report) {
        return TextReport.of(report, curves(report), console.style(), console.verbose() ? Detail.ALL : Detail.BRIEF);
    }

    /**
     * As a page with charts, which are computed here.
     *
     * @param command what asks for the runs again
     * @param origins the resolved spec with its origins
     */
    String page(Report report, String command, String origins) {
        Pictures pictures = report.comparison().map(this::pictures).orElse(Pictures.NONE);
        return HtmlReport.render(report, pictures, new Provenance(command, origins, EnvironmentFile.facts()));
    }

    private Map<String, Table> curves(Report report) {
        return console.showsBlocks()
                ? report.comparison()
                        .map(comparison ->
                                SmallCurves.of(Pictures.curves(comparison, store.get()), compared(comparison)))
                        .orElse(Map.of())
                : Map.of();
    }

    private static List<String> compared(Comparison comparison) {
        return comparison.findings().question().measures().stream()
                .map(Measure::name)
                .toList();
    }

    private Pictures pictures(Comparison comparison) {
        return Pictures.of(comparison, store.get());
    }
}
