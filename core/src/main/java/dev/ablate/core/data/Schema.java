package dev.ablate.core.data;

import dev.ablate.core.data.Column.Categories;
import dev.ablate.core.data.Column.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the columns of a dataset are, before a row of it is read.
 *
 * @param columns in the order in which rows have their values; empty for a dataset of nothing, which a trainer that brings its own
 *     data needs
 * @param rows how many there are; empty if that is not known before all are read
 * @param source who made or published the data, for a person to read; may be empty
 */
public record Schema(List<Column> columns, OptionalLong rows, String source) {

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if two columns have one name, a feature is called {@code bias}, there is more than one
     *     target, or a target of categories has fewer than two
     */
    public Schema {
        columns = List.copyOf(columns);
        Set<String> names = new HashSet<>();
        int targets = 0;
        for (Column column : columns) {
            if (!names.add(column.name())) {
                throw new IllegalArgumentException("two columns have one name: " + column.name());
            }
            if (column.role() == Role.FEATURE && column.name().equals("bias")) {
                throw new IllegalArgumentException("a feature may not be called 'bias'");
            }
            targets += column.role() == Role.TARGET ? 1 : 0;
            if (column.role() == Role.TARGET && column.categories().size() == 1) {
                throw new IllegalArgumentException("a target of one class: " + column.categories());
            }
        }
        if (targets > 1) {
            throw new IllegalArgumentException("more than one column is the target");
        }
    }

    /** The columns that a model sees, in order. */
    public List<Column> features() {
        return columns.stream().filter(column -> column.role() == Role.FEATURE).toList();
    }

    /** The names of the columns that a model sees, in order. */
    public List<String> featureNames() {
        return features().stream().map(Column::name).toList();
    }

    /** The column that is learned; empty where nothing is, or whoever learns knows it without the runner. */
    public Optional<Column> target() {
        return columns.stream().filter(column -> column.role() == Role.TARGET).findFirst();
    }

    /** What is learned, by the target; empty without one. */
    public Optional<Task> task() {
        return target().flatMap(column -> switch (column.categories().size()) {
            case 0 -> Optional.of(Task.REGRESSION);
            case 2 -> Optional.of(Task.BINARY_CLASSIFICATION);
            default -> Optional.of(Task.CLASSES);
        });
    }

    /** What the data call the classes of the target, in the order of their codes; empty for regression. */
    public List<String> classes() {
        return target().map(Column::categories).orElse(List.of());
    }

    /** How many numbers a model answers for each row: one for each class where there are more than two, else 1. */
    public int outputs() {
        return target().map(Column::type)
                .filter(Categories.class::isInstance)
                .map(type -> ((Categories) type).names().size())
                .filter(count -> count > 2)
                .orElse(1);
    }

    /**
     * These features alone, in this order, and the target.
     *
     * @throws IllegalArgumentException if there is no feature of such a name, or a name is given twice
     */
    public Schema select(List<String> names) {
        List<Column> chosen = new ArrayList<>();
        for (String name : names) {
            chosen.add(features().stream()
                    .filter(column -> column.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "no feature '" + name + "'; there are " + String.join(", ", featureNames()))));
        }
        target().ifPresent(chosen::add);
        return new Schema(chosen, rows, source);
    }
}
