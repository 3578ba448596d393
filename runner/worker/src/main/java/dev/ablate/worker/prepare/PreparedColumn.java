package dev.ablate.worker.prepare;

import dev.ablate.core.data.Column;

/**
 * A column of numbers that a model sees, before its missing values are filled in.
 *
 * @param name {@code age}, {@code age missing} or {@code sex=male}
 * @param unit of its numbers; empty where there is none
 * @param source the column of the table that it is made of
 * @param kind how
 * @param byCode its number where the source has the category of index {@code k}, at {@code k + 1}, and where it has none, at 0: NaN
 *     where that is filled in; empty unless the source holds categories
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and lives inside one preparation
record PreparedColumn(String name, String unit, int source, Kind kind, double[] byCode) {

    enum Kind {
        /** The number of the source. */
        NUMBER,
        /** 1 where the source has none, else 0. */
        INDICATOR,
        /** 1 at one category, or at one of several, else 0. */
        CATEGORY,
        /** The place of the category in an order, from 0. */
        RANK
    }

    static PreparedColumn number(Column column, int source) {
        return new PreparedColumn(column.name(), column.unit(), source, Kind.NUMBER, new double[0]);
    }

    static PreparedColumn indicator(Column column, int source) {
        return new PreparedColumn(column.name() + " missing", "", source, Kind.INDICATOR, new double[0]);
    }

    /** Its number in a row; NaN where it is filled in. */
    double value(Table table, int row) {
        return switch (kind) {
            case NUMBER -> table.number(source, row);
            case INDICATOR -> table.isMissing(source, row) ? 1 : 0;
            case CATEGORY, RANK -> byCode[table.category(source, row) + 1];
        };
    }

    /** Whether it says of what kind a row is, so that a model learns nothing of it where no row is of that kind. */
    boolean isMark() {
        return kind == Kind.INDICATOR || kind == Kind.CATEGORY;
    }
}
