package dev.ablate.engine.report.data;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.ablate.engine.compare.Observation;
import dev.ablate.engine.report.Report;
import dev.ablate.engine.report.layout.Numbers;
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

    /** What the learned numbers' columns begin with, as their series do in the store. */
    private static final String WEIGHTS = "weights/";

    /** Only where a run is deterministic: its one row then stands for every seed when the file is compared again. */
    private static final String DETERMINISTIC = "deterministic";

    private CsvReport() {}

    /**
     * {@code variant, seed, pair, status, updates}, the swept leaves, the metrics, then the learned numbers as {@code weights/<name>},
     * and {@code deterministic} where any run is; empty where there is none.
     */
    public static String render(Report report) {
        List<String> metrics = report.metrics();
        List<Observation> runs = report.findings().observations();
        Set<String> leaves = new LinkedHashSet<>();
        report.findings().question().cells().forEach(cell -> leaves.addAll(cell.keySet()));
        Set<String> parameters = new LinkedHashSet<>();
        runs.forEach(run -> parameters.addAll(run.parameters().keySet()));
        boolean deterministic = runs.stream().anyMatch(Observation::deterministic);
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            boolean folds = runs.stream().anyMatch(run -> run.pair().fold().isPresent());
            List<String> header = new ArrayList<>(List.of("variant", "seed", "pair", "status", "updates"));
            if (folds) {
                header.add("fold");
            }
            header.addAll(leaves);
            header.addAll(metrics);
            parameters.forEach(name -> header.add(WEIGHTS + name));
            if (deterministic) {
                header.add(DETERMINISTIC);
            }
            csv.writeRecord(header);
            for (Observation run : runs) {
                List<String> row = new ArrayList<>(List.of(
                        run.variant(),
                        run.pair().seed().isPresent()
                                ? Long.toString(run.pair().seed().getAsLong())
                                : "",
                        run.pair().text(),
                        run.status().name().toLowerCase(Locale.ROOT),
                        run.updates().isPresent() ? Long.toString(run.updates().getAsLong()) : ""));
                if (folds) {
                    row.add(
                            run.pair().fold().isPresent()
                                    ? Integer.toString(run.pair().fold().getAsInt())
                                    : "");
                }
                leaves.forEach(leaf -> row.add(run.cell().getOrDefault(leaf, "")));
                metrics.forEach(name -> row.add(cell(run.metrics(), name)));
                parameters.forEach(name -> row.add(cell(run.parameters(), name)));
                if (deterministic) {
                    row.add(Boolean.toString(run.deterministic()));
                }
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
