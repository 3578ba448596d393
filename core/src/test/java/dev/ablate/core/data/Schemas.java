package dev.ablate.core.data;

import dev.ablate.core.data.Column.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Columns for tests: features of numbers, and the target. */
public final class Schemas {

    private Schemas() {}

    /** Of a target of any numbers. */
    public static Schema regression(List<String> features) {
        return of(features, Column.numbers("target"));
    }

    /** Of a target of these classes, two or more. */
    public static Schema classes(List<String> features, String... classes) {
        return of(features, Column.categories("target", List.of(classes)));
    }

    private static Schema of(List<String> features, Column target) {
        List<Column> columns = new ArrayList<>();
        features.forEach(name -> columns.add(Column.numbers(name)));
        columns.add(target.as(Role.TARGET));
        return new Schema(columns, OptionalLong.empty(), "");
    }
}
