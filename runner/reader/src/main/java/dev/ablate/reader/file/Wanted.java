package dev.ablate.reader.file;

import java.util.List;

/**
 * What is to be found in a file, by which its separator and its header are known.
 *
 * @param columns names that the header must have; at least one
 * @param given names of all columns, which count where the file has none; the first list with as many as the file has columns
 * @param own whether the names of a file count before those given; unless it lacks one that is wanted, and is said to have names
 */
public record Wanted(List<String> columns, List<List<String>> given, boolean own) {

    /** Copies the lists. */
    public Wanted {
        columns = List.copyOf(columns);
        given = given.stream().map(List::copyOf).toList();
    }

    /** Columns by the names that the file has. */
    public static Wanted of(List<String> columns) {
        return new Wanted(columns, List.of(), true);
    }
}
