package dev.ablate.runner.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.ablate.runner.runs.RunRecord;
import dev.ablate.runner.train.Outcome;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A report for spreadsheets and data frames: one row a run. */
public final class CsvReport {

    /** What the learned numbers' columns begin with, as their series do in the store and in MLflow. */
    private static final String WEIGHTS = "weights/";

    private CsvReport() {}

    /** {@code variant, seed, status, updates}, the metrics, then the learned numbers as {@code weights/<name>}; empty where there is none. */
    public static String render(Report report) {
        List<String> metrics = report.metrics();
        List<Outcome> outcomes = report.comparison().outcomes();
        Set<String> parameters = new LinkedHashSet<>();
        outcomes.forEach(
                outcome -> parameters.addAll(outcome.record().parameters().keySet()));
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            List<String> header = new ArrayList<>(List.of("variant", "seed", "status", "updates"));
            header.addAll(metrics);
            parameters.forEach(name -> header.add(WEIGHTS + name));
            csv.writeRecord(header);
            for (Outcome outcome : outcomes) {
                RunRecord record = outcome.record();
                List<String> row = new ArrayList<>(List.of(
                        outcome.run().variant(),
                        Long.toString(outcome.run().seed()),
                        record.status().name().toLowerCase(Locale.ROOT),
                        Long.toString(record.updates())));
                metrics.forEach(name -> row.add(cell(record.metrics(), name)));
                parameters.forEach(name -> row.add(cell(record.parameters(), name)));
                csv.writeRecord(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static String cell(Map<String, Double> numbers, String name) {
        Double value = numbers.get(name);
        return value == null || value.isNaN() ? "" : Numbers.exact(value);
    }
}
