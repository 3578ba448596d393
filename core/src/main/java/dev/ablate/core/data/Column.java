package dev.ablate.core.data;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * One column of a dataset.
 *
 * @param name not blank, without blanks around it
 * @param role what it is for
 * @param type what it holds
 * @param unit of its numbers, such as {@code square feet}; empty where there is none
 */
public record Column(String name, Role role, Type type, String unit) {

    /** What a column is for. */
    public enum Role {
        /** A model sees it. */
        FEATURE,
        /** It is what is learned; a schema has at most one. */
        TARGET,
        /** Rows that are alike in it belong together: they are trained on or held back as one. No model sees it. */
        GROUP
    }

    /** What a column holds. */
    public sealed interface Type {}

    /** Numbers; NaN where one is missing. */
    public record Numbers() implements Type {
        @Override
        public boolean equals(Object other) {
            return other instanceof Numbers;
        }

        @Override
        public int hashCode() {
            return 0;
        }
    }

    /**
     * One of several categories in each row.
     *
     * @param names what the data call them, all different, not blank; a row has the index (from 0) of its category, and -1 where it is
     *     missing. Of a target the order is that of the classes: of two, the second is coded 1.
     */
    public record Categories(List<String> names) implements Type {

        /**
         * Copies the list.
         *
         * @throws IllegalArgumentException if there is no name, one is blank, or two are equal
         */
        public Categories {
            names = List.copyOf(names);
            if (names.isEmpty() || new HashSet<>(names).size() < names.size()) {
                throw new IllegalArgumentException("these are not the names of different categories: " + names);
            }
            if (names.stream().anyMatch(String::isBlank)) {
                throw new IllegalArgumentException("a category without a name: " + names);
            }
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Categories that && names.equals(that.names);
        }

        @Override
        public int hashCode() {
            return names.hashCode();
        }
    }

    /**
     * @throws IllegalArgumentException if the name is blank, or a category has a unit
     */
    public Column {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a column may not be called '" + name + "'");
        }
        if (type instanceof Categories && !unit.isEmpty()) {
            throw new IllegalArgumentException("'" + name + "' holds categories, which have no unit");
        }
    }

    /** A feature of numbers without a unit. */
    public static Column numbers(String name) {
        return numbers(name, "");
    }

    /** A feature of numbers. */
    public static Column numbers(String name, String unit) {
        return new Column(name, Role.FEATURE, new Numbers(), unit);
    }

    /** A feature of categories; see {@link Categories}. */
    public static Column categories(String name, List<String> names) {
        return new Column(name, Role.FEATURE, new Categories(names), "");
    }

    /** The same column for something else. */
    public Column as(Role another) {
        return new Column(name, another, type, unit);
    }

    /** The names of its categories; empty if it holds numbers. */
    public List<String> categories() {
        return type instanceof Categories categories ? categories.names() : List.of();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Column that
                && name.equals(that.name)
                && role == that.role
                && type.equals(that.type)
                && unit.equals(that.unit);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, role, type, unit);
    }
}
