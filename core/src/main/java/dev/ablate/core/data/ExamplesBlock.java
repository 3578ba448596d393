package dev.ablate.core.data;

/** All rows of examples as one block: the features in order, then the target. */
record ExamplesBlock(Examples examples, Column target) implements Block {

    @Override
    public int rows() {
        return examples.size();
    }

    @Override
    public double number(int column, int row) {
        if (column < examples.width()) {
            return examples.rows().value(row, column);
        }
        if (!target.categories().isEmpty()) {
            throw new IllegalArgumentException("'" + target.name() + "' holds categories");
        }
        return examples.target(row);
    }

    @Override
    public int category(int column, int row) {
        if (column < examples.width() || target.categories().isEmpty()) {
            throw new IllegalArgumentException("column " + column + " holds numbers");
        }
        return (int) examples.target(row);
    }
}
