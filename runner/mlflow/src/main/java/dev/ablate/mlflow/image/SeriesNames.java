package dev.ablate.mlflow.image;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.ablate.engine.runs.Point;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.runs.note.LoggedRun;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which series of an attempt are metrics in MLflow, under which key, and which go into a file.
 *
 * <p>Weights are metrics where there are at most 64 of them; more charts than that show nothing, and they are a file of the
 * run, {@code weights.csv}: one row a recorded update, one column a weight.
 */
public final class SeriesNames {

    private static final int MOST_WEIGHTS = 64;
    private static final String WEIGHTS = "weights/";
    private static final int PAGE = 5000;

    private final Keys keys;
    private final long attempt;
    private final boolean weightsAsFile;
    private final boolean known;

    /** Metrics that the program of the run logs itself; what is reported of them is there with that. */
    private final Set<String> logged;

    /** Series of steps, which all begin with what they are measured on. */
    private final Set<String> measured;

    private SeriesNames(long attempt, Set<String> series, Set<String> logged) {
        this.attempt = attempt;
        this.logged = Set.copyOf(logged);
        this.measured = series.stream().filter(name -> name.indexOf('/') >= 0).collect(Collectors.toSet());
        this.keys = new Keys(series);
        this.known = !series.isEmpty();
        this.weightsAsFile = series.stream().filter(SeriesNames::isWeight).count() > MOST_WEIGHTS;
    }

    /** From the first recorded step, which has all series but those of metrics that are not defined there or that trainers report. */
    public static SeriesNames of(RunStore store, long attempt) {
        // enough to see whether there are too many weights
        List<Point> first = store.points(attempt, 0, 4 * MOST_WEIGHTS);
        while (!first.isEmpty() && first.get(0).isReported()) {
            long before = first.stream()
                    .filter(point -> !point.isReported())
                    .findFirst()
                    .map(point -> point.id() - 1)
                    .orElse(first.get(first.size() - 1).id());
            first = store.points(attempt, before, 4 * MOST_WEIGHTS);
        }
        Set<String> series = new HashSet<>();
        for (Point point : first) {
            if (point.step() == first.get(0).step()) {
                series.add(point.series());
            }
        }
        Set<String> logged = new HashSet<>();
        LoggedRun.of(store.notes(attempt, 0)).get(0).metrics().forEach(value -> logged.add(value.name()));
        return new SeriesNames(attempt, series, logged);
    }

    /** False: there was no step yet to know them from. */
    public boolean known() {
        return known;
    }

    /** Whether a series is sent as a metric. */
    public boolean isMetric(String series) {
        boolean isLogged = logged.contains(series) && !measures(series);
        return !isLogged && (!weightsAsFile || !isWeight(series));
    }

    /** Whether Ablate measures a series of this name itself. */
    boolean measures(String name) {
        return measured.contains(name);
    }

    /** The key of a series that is a metric. */
    public String key(String series) {
        return keys.of(series);
    }

    /** The image of the ended run with the file of its weights, where they are one. */
    public RunImage withFiles(RunImage image, RunStore store) {
        return weightsAsFile && image.ended() ? image.withFile("weights.csv", weights(store)) : image;
    }

    private byte[] weights(RunStore store) {
        Set<String> names = new LinkedHashSet<>();
        Map<Long, Map<String, Double>> rows = new TreeMap<>();
        List<Point> page = store.points(attempt, 0, PAGE);
        while (!page.isEmpty()) {
            for (Point point : page) {
                if (isWeight(point.series())) {
                    names.add(point.series());
                    rows.computeIfAbsent(point.step(), step -> new LinkedHashMap<>())
                            .put(point.series(), point.value());
                }
            }
            page = store.points(attempt, page.get(page.size() - 1).id(), PAGE);
        }
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().build(text)) {
            List<String> header = new ArrayList<>(List.of("update"));
            names.forEach(name -> header.add(name.substring(WEIGHTS.length())));
            csv.writeRecord(header);
            rows.forEach((step, values) -> {
                List<String> row = new ArrayList<>(List.of(Long.toString(step)));
                names.forEach(name -> row.add(values.containsKey(name) ? String.valueOf(values.get(name)) : ""));
                csv.writeRecord(row);
            });
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory takes all", e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isWeight(String series) {
        return series.startsWith(WEIGHTS);
    }
}
