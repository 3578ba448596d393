package dev.ablate.engine.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.ToIntFunction;

/**
 * Distinct things, numbered from 0 in the order in which they came, of which the number of each is found at once.
 *
 * <p>A {@code LinkedHashMap} to numbers does the same, and takes six times the memory: of a million items it has a million entries, which lie
 * anywhere.
 */
public final class Numbering<T> {

    private static final int FEW = 16;

    /** Spreads hashes that follow one another over all slots: 2^32 by the golden ratio. */
    private static final int SPREAD = 0x9E3779B9;

    private final ToIntFunction<T> hash;
    private final BiPredicate<T, T> same;
    private final List<T> all = new ArrayList<>();

    /** A power of 2 of them, less than half of which are taken: number plus 1, or 0. Where its own is taken, a thing has the next free one. */
    private int[] slots = new int[FEW];

    /**
     * Without any yet.
     *
     * @param hash equal for things that are the same
     * @param same whether two are the same thing
     */
    public Numbering(ToIntFunction<T> hash, BiPredicate<T, T> same) {
        this.hash = hash;
        this.same = same;
    }

    /** The number of a thing; it is added if it is not there. */
    public int add(T thing) {
        int slot = slot(thing);
        if (slots[slot] == 0) {
            all.add(thing);
            slots[slot] = all.size();
            if (2 * all.size() >= slots.length) {
                grow();
            }
            return all.size() - 1;
        }
        return slots[slot] - 1;
    }

    /** The number of a thing; -1 if it is not there. */
    public int of(T thing) {
        return slots[slot(thing)] - 1;
    }

    /** The thing of a number. */
    public T get(int number) {
        return all.get(number);
    }

    /** How many there are. */
    public int size() {
        return all.size();
    }

    /** All of them by number, as they are now and will be; it cannot be changed. */
    public List<T> all() {
        return Collections.unmodifiableList(all);
    }

    /** Where a thing is, or else would be. */
    private int slot(T thing) {
        int slot = (hash.applyAsInt(thing) * SPREAD) >>> (Integer.numberOfLeadingZeros(slots.length) + 1);
        while (slots[slot] > 0 && !same.test(all.get(slots[slot] - 1), thing)) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private void grow() {
        slots = new int[2 * slots.length];
        for (int number = 0; number < all.size(); number++) {
            slots[slot(all.get(number))] = number + 1;
        }
    }
}
