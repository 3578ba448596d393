package dev.ablate.reader.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvReader.CsvReaderBuilder;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads a whole text at once, by another library and {@link Double#parseDouble}: what the reader of many threads is held to. */
final class SimpleReading {

    private static final String NUMBER = "[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?";

    private final Dialect dialect;
    private final List<Kind> kinds;
    private final int apart;
    private final List<double[]> rows = new ArrayList<>();
    private final Map<Integer, List<String>> words = new TreeMap<>();
    private int count;
    private final List<Integer> wrong = new ArrayList<>();
    private final Set<Integer> texts = new TreeSet<>();

    private SimpleReading(Dialect dialect, List<Kind> kinds, int apart) {
        this.dialect = dialect;
        this.kinds = kinds;
        this.apart = apart;
        for (int column = 0; column < kinds.size(); column++) {
            if (kinds.get(column) == Kind.TEXT) {
                words.put(column, new ArrayList<>());
            }
        }
    }

    /** All that there is to say of a text. */
    static String of(String text, Dialect dialect, List<Kind> kinds, int apart) {
        CsvReaderBuilder reader = CsvReader.builder()
                .fieldSeparator(dialect.separator())
                .quoteCharacter(dialect.quote())
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .skipEmptyLines(true);
        SimpleReading reading = new SimpleReading(dialect, kinds, apart);
        boolean badlyQuoted = false;
        try {
            Iterator<CsvRecord> records = reader.ofCsvRecord(text).iterator();
            while (records.hasNext()) {
                reading.add(records.next().getFields());
            }
        } catch (CsvParseException e) {
            badlyQuoted = true;
        }
        return written(reading.count, reading.rows, reading.words, reading.texts, reading.wrong, badlyQuoted);
    }

    /** The same of what was read another way: the numbers of each row, the one apart last. */
    static String written(
            int count,
            List<double[]> rows,
            Map<Integer, List<String>> words,
            Collection<Integer> texts,
            List<Integer> wrong,
            boolean badlyQuoted) {
        StringBuilder text = new StringBuilder();
        for (double[] row : rows) {
            text.append(Arrays.toString(row)).append('\n');
        }
        return text.append(new TreeMap<>(words)) + ", rows: " + count + ", texts: " + texts + ", wrong: "
                + wrong.stream().limit(20).toList() + (badlyQuoted ? ", badly quoted" : "");
    }

    private void add(List<String> cells) {
        if (cells.size() != kinds.size()) {
            wrong.add(count);
        }
        count++;
        List<Double> stored = new ArrayList<>();
        for (int column = 0; column < kinds.size(); column++) {
            if (kinds.get(column) != Kind.UNUSED && column != apart) {
                stored.add(number(cells, column));
            }
        }
        stored.add(number(cells, apart));
        rows.add(stored.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private boolean isNumber(String cell) {
        String written = withPoint(cell);
        return dialect.missing().contains(cell)
                || (written.matches(NUMBER) && Double.isFinite(Double.parseDouble(written)));
    }

    private String withPoint(String cell) {
        return dialect.point() == '.' ? cell : cell.replace('.', '?').replace(dialect.point(), '.');
    }

    private double number(List<String> cells, int column) {
        if (column >= cells.size()) {
            return kinds.get(column) == Kind.NUMBER ? Double.NaN : -1;
        }
        String cell = cells.get(column).strip();
        if (kinds.get(column) == Kind.NUMBER) {
            if (!isNumber(cell)) {
                texts.add(column);
            }
            return dialect.missing().contains(cell) || !isNumber(cell)
                    ? Double.NaN
                    : Double.parseDouble(withPoint(cell));
        }
        if (dialect.missing().contains(cell)) {
            return -1;
        }
        List<String> known = words.computeIfAbsent(column, none -> new ArrayList<>());
        if (!known.contains(cell)) {
            known.add(cell);
        }
        return known.indexOf(cell);
    }
}
