package dev.ablate.runner.mlflow;

import dev.ablate.runner.runs.Point;
import java.util.List;
import java.util.Set;

/**
 * In what the server's run is not the store's.
 *
 * @param differences in words
 * @param points that the server lacks, one list a metric
 * @param files that the server lacks or has in another size, by path
 */
record ReadBack(List<String> differences, List<List<Point>> points, Set<String> files) {
    ReadBack {
        differences = List.copyOf(differences);
        points = List.copyOf(points);
        files = Set.copyOf(files);
    }
}
