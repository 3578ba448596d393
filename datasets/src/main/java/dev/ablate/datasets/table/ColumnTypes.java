package dev.ablate.datasets.table;

import dev.ablate.reader.csv.Dialect;
import dev.ablate.reader.csv.NumberText;
import dev.ablate.reader.file.SeparatorGuess;
import dev.ablate.reader.number.CsvNumber;
import dev.ablate.reader.number.CsvNumber.Look;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * Finds out whether a column holds numbers or categories: numbers, if every value that is not missing is one.
 *
 * <p>What looks like a number in another notation is neither: nobody would want it as a category, and it is not to be misread.
 */
final class ColumnTypes {

    private final Dialect dialect;
    private final NumberText numbers;
    private final IntFunction<String> lineOf;
    private final Faults faults;
    private final List<String> remarks;

    /**
     * @param lineOf the place of a row, for a remark
     * @param faults gains what is wrong
     * @param remarks gains what was guessed
     */
    ColumnTypes(Dialect dialect, IntFunction<String> lineOf, Faults faults, List<String> remarks) {
        this.dialect = dialect;
        this.numbers = new NumberText(dialect);
        this.lineOf = lineOf;
        this.faults = faults;
        this.remarks = remarks;
    }

    /**
     * The type of a feature; if something is wrong with it, which is noted, any.
     *
     * @param declared what somebody says that it holds
     */
    TypedColumn feature(int index, String name, ReadColumn read, Optional<TableColumns.Kind> declared) {
        return typed(index, name, read, declared, true);
    }

    /** The same of the target, which cannot be left out, whatever it looks like. */
    TypedColumn target(int index, String name, ReadColumn read, Optional<TableColumns.Kind> declared) {
        return typed(index, name, read, declared, false);
    }

    private TypedColumn typed(
            int index, String name, ReadColumn read, Optional<TableColumns.Kind> declared, boolean optional) {
        if (read.words().isEmpty()) {
            return TypedColumn.ofNumbers(index, name, read);
        }
        if (declared.equals(Optional.of(TableColumns.Kind.CATEGORY))) {
            return TypedColumn.ofCategories(index, name, read);
        }
        double[] meanings = new double[read.words().size()];
        Map<Integer, Look> odd = new TreeMap<>();
        for (int word = 0; word < meanings.length; word++) {
            String text = read.words().get(word);
            OptionalDouble number = numbers.plain(text);
            if (number.isEmpty()) {
                odd.put(word, CsvNumber.look(text, dialect.point()));
            }
            meanings[word] = number.orElse(Double.NaN);
        }
        boolean wanted = declared.isPresent();
        if (wanted) {
            odd.values().removeIf(look -> look == Look.LEADING_ZERO);
            for (int word = 0; word < meanings.length; word++) {
                meanings[word] = odd.containsKey(word)
                        ? Double.NaN
                        : numbers.lenient(read.words().get(word)).orElse(Double.NaN);
            }
        }
        if (odd.isEmpty()) {
            return new TypedColumn(index, name, List.of(), read, meanings);
        }
        if (wanted) {
            refuseEach(index, name, read, odd.keySet());
            return TypedColumn.ofNumbers(index, name, read);
        }
        if (odd.values().stream().noneMatch(look -> look == Look.TEXT || look == Look.MISSING_MARK)) {
            refuseNotation(index, name, read, odd);
        } else {
            remark(name, read, odd, optional);
        }
        return TypedColumn.ofCategories(index, name, read);
    }

    /** Refuses a feature without a value. */
    void refuseEmpty(int index, String name, ReadColumn read) {
        if (read.isEmpty()) {
            faults.add(0, index, name + ": there is no value in any row: give ignore: [" + name + "]");
        }
    }

    /** Refuses each cell that has one of some words. */
    private void refuseEach(int index, String name, ReadColumn read, Set<Integer> words) {
        for (int row = 0; row < read.size(); row++) {
            int word = (int) read.cell(row);
            if (words.contains(word)) {
                faults.add(row, index, name + ": " + wrong(read.words().get(word), name));
            }
        }
    }

    private String wrong(String word, String name) {
        return CsvNumber.whatIsWrong(word, dialect.point(), name);
    }

    /** Refuses the first cell that shows best what the column's notation is. */
    private void refuseNotation(int index, String name, ReadColumn read, Map<Integer, Look> odd) {
        Map<Look, Integer> first = new EnumMap<>(Look.class);
        odd.forEach((word, look) -> first.putIfAbsent(look, word));
        for (Look look : List.of(
                Look.TOO_MANY_DIGITS,
                Look.LEADING_ZERO,
                Look.OTHER_DECIMAL,
                Look.GROUPED,
                Look.TOO_LARGE,
                Look.NOT_FINITE)) {
            Integer word = first.get(look);
            if (word != null) {
                String of = look == Look.OTHER_DECIMAL || look == Look.GROUPED ? cut() : "";
                faults.add(
                        read.firstRow(word),
                        index,
                        name + ": " + wrong(read.words().get(word), name) + of);
                return;
            }
        }
    }

    private String cut() {
        return " (" + SeparatorGuess.inWords(dialect) + " separates the columns)";
    }

    private void remark(String name, ReadColumn read, Map<Integer, Look> odd, boolean optional) {
        int[] counts = read.counts();
        long all = 0;
        long none = 0;
        for (int word = 0; word < counts.length; word++) {
            all += counts[word];
            none += odd.containsKey(word) ? counts[word] : 0;
        }
        int first = odd.entrySet().stream()
                .filter(entry -> entry.getValue() == Look.TEXT || entry.getValue() == Look.MISSING_MARK)
                .findFirst()
                .orElseThrow()
                .getKey();
        String word = read.words().get(first);
        boolean marks = odd.values().stream().allMatch(look -> look == Look.MISSING_MARK);
        long numeric = all - none;
        // a column of codes may have some that are digits alone
        if (numeric > 0 && (marks || 2 * numeric >= all || 2 * (counts.length - odd.size()) >= counts.length)) {
            String way = marks
                    ? "give na: ['" + word + "'] if it stands for a missing value"
                    : "give columns: { " + name + ": number } to have all such values refused";
            remarks.add(name + " is read as text, as '" + word + "' in " + lineOf.apply(read.firstRow(first))
                    + " is not a number; " + numeric + " of " + all + " values are: " + way);
            return;
        }
        Set<String> words = new HashSet<>(read.words());
        if (words.stream().allMatch(text -> text.matches("[+-]?[\\d.,]+\\s*%"))) {
            remarks.add(name + " is text with " + words.size() + " values, such as '" + word
                    + "': write them without the sign to have numbers");
            return;
        }
        if (!optional) {
            return;
        }
        boolean dates = words.stream().allMatch(ColumnTypes::isDate);
        boolean different = read.size() > 2 && words.size() == all;
        List<String> looks = new ArrayList<>();
        if (dates) {
            looks.add("looks like a date, which is read as text");
        }
        if (different) {
            looks.add("is different in every row, as an identifier is");
        }
        if (!looks.isEmpty()) {
            remarks.add(name + " " + String.join(", and ", looks) + ": give ignore: [" + name + "] to leave it out");
        }
    }

    private static boolean isDate(String text) {
        return text.matches(
                "\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}([ T].*)?|\\d{1,2}[-/.]\\d{1,2}[-/.](\\d{4}|\\d{2})([ T].*)?");
    }
}
