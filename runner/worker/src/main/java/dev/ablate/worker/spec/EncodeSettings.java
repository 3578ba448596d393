package dev.ablate.worker.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How categories become numbers.
 *
 * @param categories how
 * @param most whether the reference of a column is its most frequent category; else it is its first one
 * @param references the reference of a column, by the column's name, where it is another
 * @param rare categories of a smaller share of the rows than this are gathered into one; 0: none are
 * @param order the categories of a column from the lowest, by the column's name
 */
public record EncodeSettings(
        Coding categories, boolean most, Map<String, String> references, double rare, Map<String, List<String>> order) {

    /** Against the first category of each column. */
    public static final EncodeSettings REFERENCE = new EncodeSettings(Coding.REFERENCE, false, Map.of(), 0, Map.of());

    /** Copies the maps, keeping their order. */
    public EncodeSettings {
        references = Collections.unmodifiableMap(new LinkedHashMap<>(references));
        Map<String, List<String>> orders = new LinkedHashMap<>();
        order.forEach((column, names) -> orders.put(column, List.copyOf(names)));
        order = Collections.unmodifiableMap(orders);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EncodeSettings that
                && categories == that.categories
                && most == that.most
                && references.equals(that.references)
                && rare == that.rare
                && order.equals(that.order);
    }

    @Override
    public int hashCode() {
        return Objects.hash(categories, most, references, rare, order);
    }

    /** How the categories of a column become numbers. */
    public enum Coding {
        /** A column of 0 and 1 for each but one, the reference, at which all of them are 0. */
        REFERENCE,
        /** A column of 0 and 1 for each. */
        ONE_HOT,
        /** One column of 0, 1, 2, ... in an order that is given. */
        ORDINAL
    }
}
