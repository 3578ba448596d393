package dev.ablate.engine.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.ToIntFunction;

/**
 * Distinct things, numbered from 0 in the order in which they came, of which the number of each is found at once.
 *
 * <p>A {@code LinkedHashMap} to numbers does the same, and takes four times the memory: of a million items it has a million entries, which lie
 * anywhere.
 */
public final class Numbering<T> {

    private static final int FEW = 16;

    private final ToIntFunction<T> hash;
    private final BiPredicate<T, T> same;
    private final List<T> all = new ArrayList<>();

    /**
     * A power of 2 of them, two thirds of which are taken at most. Each has the hash of a thing in its upper half, since to look at a thing
     * that another was taken for means waiting for memory, and its number plus 1 in the lower one; 0 is free. Where its slot is taken, a
     * thing has the next free one.
     */
    private long[] slots = new long[FEW];

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
        int hashed = hash(thing);
        int slot = slot(thing, hashed);
        if (slots[slot] == 0) {
            all.add(thing);
            slots[slot] = (long) hashed << Integer.SIZE | all.size();
            if (3L * all.size() > 2L * slots.length) {
                grow();
            }
            return all.size() - 1;
        }
        return (int) slots[slot] - 1;
    }

    /** The number of a thing; -1 if it is not there. */
    public int of(T thing) {
        return (int) slots[slot(thing, hash(thing))] - 1;
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

    /** Those of texts that differ in a digit lie side by side; mixed as by MurmurHash3, so that any of their bits will do. */
    private int hash(T thing) {
        int mixed = hash.applyAsInt(thing);
        mixed = (mixed ^ mixed >>> 16) * 0x85EBCA6B;
        mixed = (mixed ^ mixed >>> 13) * 0xC2B2AE35;
        return mixed ^ mixed >>> 16;
    }

    /** Where a thing is, or else would be. */
    private int slot(T thing, int hashed) {
        int slot = hashed & slots.length - 1;
        while (slots[slot] != 0
                && !((int) (slots[slot] >>> Integer.SIZE) == hashed
                        && same.test(all.get((int) slots[slot] - 1), thing))) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private void grow() {
        long[] before = slots;
        slots = new long[2 * before.length];
        for (long taken : before) {
            if (taken != 0) {
                int slot = (int) (taken >>> Integer.SIZE) & slots.length - 1;
                while (slots[slot] != 0) {
                    slot = slot + 1 & slots.length - 1;
                }
                slots[slot] = taken;
            }
        }
    }
}
