package dev.ablate.datasets.table;

import dev.ablate.core.data.Column;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A column whose type is known.
 *
 * @param index in the file, from 0
 * @param categories in sorted order; empty if it holds numbers
 * @param read its cells
 * @param meanings what stands for the index of a word: a number, or the index of a category; empty where cells are numbers as they are
 */
@SuppressWarnings("ArrayRecordComponent") // is never compared
record TypedColumn(int index, String name, List<String> categories, ReadColumn read, double[] meanings) {

    static TypedColumn ofNumbers(int index, String name, ReadColumn read) {
        return new TypedColumn(index, name, List.of(), read, new double[0]);
    }

    /** Categories, in sorted order of their texts. */
    static TypedColumn ofCategories(int index, String name, ReadColumn read) {
        List<String> sorted = read.words().stream().sorted().toList();
        int[] places = new int[sorted.size()];
        List<Integer> byText = IntStream.range(0, places.length)
                .boxed()
                .sorted((one, other) ->
                        read.words().get(one).compareTo(read.words().get(other)))
                .toList();
        for (int place = 0; place < places.length; place++) {
            places[byText.get(place)] = place;
        }
        return new TypedColumn(
                index,
                name,
                sorted,
                read,
                Arrays.stream(places).asDoubleStream().toArray());
    }

    boolean isOfNumbers() {
        return categories.isEmpty();
    }

    /** A number, NaN where it is missing; or the index of a category, -1 where it is missing. */
    double value(int row) {
        double cell = read.cell(row);
        if (read.words().isEmpty()) {
            return cell;
        }
        if (cell < 0) {
            return isOfNumbers() ? Double.NaN : -1;
        }
        return meanings[(int) cell];
    }

    boolean isMissing(int row) {
        double value = value(row);
        return isOfNumbers() ? Double.isNaN(value) : value < 0;
    }

    /** All values. */
    double[] values() {
        double[] values = new double[read.size()];
        Arrays.setAll(values, this::value);
        return values;
    }

    /** As a feature. */
    Column feature() {
        return isOfNumbers() ? Column.numbers(name) : Column.categories(name, categories);
    }
}
