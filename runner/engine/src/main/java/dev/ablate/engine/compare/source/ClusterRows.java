package dev.ablate.engine.compare.source;

import dev.ablate.engine.compare.Clusters;
import dev.ablate.engine.compare.Observation;
import dev.ablate.engine.plan.Pair;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.table.FileProblems;
import dev.ablate.engine.table.TableText;
import dev.ablate.reader.csv.RowText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** To which cluster each pair of a file belongs; a pair that is in two is reported. */
final class ClusterRows {

    private final TableText text;
    private final List<String> columns;
    private final ResultsRow.Keys keys;
    private final Map<Map<String, String>, Map<Pair, String>> names = new HashMap<>();
    private final Map<String, String> words = new HashMap<>();

    ClusterRows(TableText text, List<String> columns, ResultsRow.Keys keys) {
        this.text = text;
        this.columns = columns;
        this.keys = keys;
    }

    /** Takes note of the cluster of a run's pair. */
    void add(Observation run, RowText row, String cluster, FileProblems problems) {
        String name = words.computeIfAbsent(cluster, word -> word);
        String before =
                names.computeIfAbsent(run.cell(), none -> new HashMap<>()).putIfAbsent(run.pair(), name);
        if (before != null && !before.equals(name)) {
            String column = keys.cluster().orElse("");
            problems.add(() -> Problem.error(
                            text.at(row, Math.max(0, columns.indexOf(column))),
                            run.pair().inWords() + " is in " + column + " " + Problem.quoted(before)
                                    + " before, and in " + Problem.quoted(name) + " here")
                    .suggesting("the runs of a pair, whose difference counts, belong to one cluster"));
        }
    }

    Clusters all() {
        return keys.cluster().map(column -> new Clusters(column, names)).orElse(Clusters.NONE);
    }
}
