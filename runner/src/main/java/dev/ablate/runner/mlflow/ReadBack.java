package dev.ablate.runner.mlflow;

import dev.ablate.runner.runs.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * In what the server's run is not the store's.
 *
 * @param differences in words
 * @param points that the server lacks, one list a metric
 * @param files that the server lacks or has in another size, by path
 * @param excess what the server has of points that nobody can take away, in words; empty if nothing
 */
record ReadBack(List<String> differences, List<List<Point>> points, Set<String> files, Optional<String> excess) {

    /** How much it is, in a few words: {@code 4 points differ}. */
    String summary() {
        List<String> parts = new ArrayList<>();
        count(parts, points.stream().mapToInt(List::size).sum(), "point");
        count(parts, files.size(), "file");
        count(parts, beginningWith("param "), "param");
        count(parts, beginningWith("tag "), "tag");
        return parts.isEmpty() ? differences.get(0) : String.join(" and ", parts);
    }

    private int beginningWith(String kind) {
        return (int) differences.stream()
                .filter(difference -> difference.startsWith(kind))
                .count();
    }

    private static void count(List<String> parts, int count, String what) {
        if (count > 0) {
            parts.add(count + " " + what + (count == 1 ? " differs" : "s differ"));
        }
    }

    ReadBack {
        differences = List.copyOf(differences);
        points = List.copyOf(points);
        files = Set.copyOf(files);
    }

    /** With further differences. */
    ReadBack with(List<String> more) {
        List<String> all = new ArrayList<>(differences);
        all.addAll(more);
        return new ReadBack(all, points, files, excess);
    }
}
