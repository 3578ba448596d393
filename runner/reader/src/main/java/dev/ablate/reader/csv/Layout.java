package dev.ablate.reader.csv;

import java.util.ArrayList;
import java.util.List;

/**
 * Which cells of a row are stored, and where: those of all used columns but one in the file's order, and that one apart.
 */
final class Layout {

    /** No column is stored apart. */
    static final int NONE = -1;

    private final Kind[] kinds;
    private final int[] slots;
    private final int width;

    /**
     * @param kinds of the columns, in the file's order
     * @param apart index of the column that is stored apart, or {@link #NONE}
     */
    Layout(List<Kind> kinds, int apart) {
        this.kinds = kinds.toArray(Kind[]::new);
        this.slots = new int[this.kinds.length];
        int used = 0;
        for (int column = 0; column < slots.length; column++) {
            slots[column] = !isStored(column) || column == apart ? NONE : used++;
        }
        if (apart != NONE) {
            slots[apart] = used;
        }
        this.width = used;
    }

    private boolean isStored(int column) {
        return kinds[column] == Kind.NUMBER || kinds[column] == Kind.TEXT;
    }

    /** How many columns the file has. */
    int columns() {
        return kinds.length;
    }

    Kind kind(int column) {
        return kinds[column];
    }

    /** Index of a used column's cell in a stored row; the one apart comes last. */
    int slot(int column) {
        return slots[column];
    }

    /** How many cells a stored row has, without the one apart. */
    int width() {
        return width;
    }

    /** The columns of words, by index. */
    List<Integer> texts() {
        List<Integer> texts = new ArrayList<>();
        for (int column = 0; column < kinds.length; column++) {
            if (kinds[column] == Kind.TEXT) {
                texts.add(column);
            }
        }
        return texts;
    }
}
