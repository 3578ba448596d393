package dev.ablate.reader.file;

import dev.ablate.reader.csv.CsvReader;
import dev.ablate.reader.csv.Dialect;
import dev.ablate.reader.csv.RowText;
import dev.ablate.reader.csv.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what stands between two values of a file by its first rows. */
public final class SeparatorGuess {

    private static final int ROWS = 20;

    private final Source source;
    private final int skip;
    private final List<String> wanted;

    SeparatorGuess(Source source, int skip, List<String> wanted) {
        this.source = source;
        this.skip = skip;
        this.wanted = wanted;
    }

    /** A way of cutting a file, and how well it does. */
    private record Candidate(String name, List<RowText> rows) {

        int width() {
            return rows.get(0).cells().size();
        }

        /** Whether all rows have one length, but for an empty value at their ends. */
        boolean isEven() {
            return rows.stream().noneMatch(RowText::badlyQuoted)
                    && rows.stream().allMatch(row -> Math.abs(row.cells().size() - width()) <= 1)
                    && rows.stream()
                            .allMatch(row -> row.cells().size() <= width()
                                    || row.cells().get(width()).isBlank());
        }

        /** How many of its values look like ones that nothing else would cut. */
        double cleanness() {
            long all = rows.stream().mapToLong(row -> row.cells().size()).sum();
            long clean = rows.stream()
                    .flatMap(row -> row.cells().stream())
                    .filter(cell -> cell.strip().matches("[+-]?\\d*[.,]?\\d*([eE][+-]?\\d+)?|[^,;\\t|]*"))
                    .count();
            return (double) clean / all;
        }
    }

    /**
     * What separates: the first of comma, semicolon, tab, bar and runs of blanks under which the first row has the names that are wanted; else the
     * one that cuts the first rows alike, into the cleanest and then the most values; else a comma.
     *
     * @return as in a spec
     * @throws IOException if the file cannot be read
     */
    String separator() throws IOException {
        List<Candidate> candidates = new ArrayList<>();
        for (String name : List.of(",", ";", "\t", "|", FileFormat.SPACES)) {
            Dialect dialect = dialect(name);
            CsvReader reader = new CsvReader(source, dialect);
            List<RowText> rows = reader.first(reader.begin(skip), ROWS);
            if (!rows.isEmpty() && rows.get(0).cells().size() > 1) {
                if (rows.get(0).cells().stream().map(String::strip).toList().containsAll(wanted)) {
                    return name;
                }
                candidates.add(new Candidate(name, rows));
            }
        }
        Optional<Candidate> best = Optional.empty();
        for (Candidate candidate : candidates) {
            if (candidate.isEven()
                    && best.map(known -> isBetter(candidate, known)).orElse(true)) {
                best = Optional.of(candidate);
            }
        }
        return best.map(Candidate::name).orElse(",");
    }

    private static boolean isBetter(Candidate one, Candidate known) {
        int cleaner = Double.compare(one.cleanness(), known.cleanness());
        return cleaner > 0 || (cleaner == 0 && one.width() > known.width());
    }

    /** A file's dialect by what separates its values. */
    public static Dialect dialect(String separator) {
        return separator.equals(FileFormat.SPACES)
                ? Dialect.separatedByBlanks()
                : Dialect.separatedBy(separator.charAt(0));
    }

    /** What separates the values of a dialect, for a person. */
    public static String inWords(Dialect dialect) {
        return inWords(dialect.repeated() ? FileFormat.SPACES : String.valueOf(dialect.separator()));
    }

    static String inWords(String separator) {
        return switch (separator) {
            case "\t" -> "a tab";
            case FileFormat.SPACES -> "runs of blanks";
            default -> "'" + separator + "'";
        };
    }
}
