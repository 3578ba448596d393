package dev.ablate.reader.csv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The words of one column as one thread meets them: equal bytes have one code, without a string for each cell.
 *
 * <p>A hash table with open addressing. It keeps words of rows that are read again from another place, so its codes mean nothing
 * outside its thread: {@link Words} has those of the accepted rows.
 */
final class Dictionary {

    /** The code of a cell that is not UTF-8. */
    static final int UNREADABLE = -2;

    /** The code of a missing value. */
    static final int MISSING = -1;

    private static final int UNKNOWN = -1;

    private static final int FIRST_SLOTS = 64;

    private final Set<String> missing;
    private final List<String> words = new ArrayList<>();

    /** Of each word, its index in {@link Words}. */
    private int[] indices = {};

    /** One entry for each different sequence of bytes: where it ends in {@link #bytes}, its hash and its code. */
    private int[] ends = new int[FIRST_SLOTS];

    private int[] hashes = new int[FIRST_SLOTS];
    private int[] codes = new int[FIRST_SLOTS];
    private int entries;

    /** All sequences, one after the other. */
    private byte[] bytes = new byte[1024];

    /** Entry + 1, or 0 for a free slot. */
    private int[] slots = new int[FIRST_SLOTS];

    /**
     * @param missing what stands for a missing value
     */
    Dictionary(Set<String> missing) {
        this.missing = missing;
    }

    /** What a code that is not negative means among the words of all threads. */
    int index(int code, Words all) {
        if (code >= indices.length) {
            int known = indices.length;
            indices = Arrays.copyOf(indices, Math.max(code + 1, 2 * known));
            Arrays.fill(indices, known, indices.length, UNKNOWN);
        }
        if (indices[code] == UNKNOWN) {
            indices[code] = all.index(words.get(code));
        }
        return indices[code];
    }

    /** The code of a cell, blanks around it ignored; a new one if nothing like it was seen. */
    int code(byte[] from, CellScanner cell) {
        int begin = cell.contentFrom();
        int end = cell.contentTo();
        int hash = hash(from, begin, end);
        int slot = hash & (slots.length - 1);
        while (slots[slot] != 0) {
            int entry = slots[slot] - 1;
            if (hashes[entry] == hash && Arrays.equals(bytes, start(entry), ends[entry], from, begin, end)) {
                return codes[entry];
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = entries + 1;
        return add(from, begin, end, hash, meaning(cell));
    }

    private int meaning(CellScanner cell) {
        Optional<String> text = cell.text().map(String::strip);
        if (text.isEmpty()) {
            return UNREADABLE;
        }
        if (missing.contains(text.get())) {
            return MISSING;
        }
        words.add(text.get());
        return words.size() - 1;
    }

    private int add(byte[] from, int begin, int end, int hash, int code) {
        int start = entries == 0 ? 0 : ends[entries - 1];
        int behind = Math.addExact(start, end - begin);
        if (behind > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(behind, 2 * bytes.length));
        }
        System.arraycopy(from, begin, bytes, start, end - begin);
        if (entries == ends.length) {
            ends = Arrays.copyOf(ends, 2 * entries);
            hashes = Arrays.copyOf(hashes, 2 * entries);
            codes = Arrays.copyOf(codes, 2 * entries);
        }
        ends[entries] = behind;
        hashes[entries] = hash;
        codes[entries] = code;
        entries++;
        if (2 * entries > slots.length) {
            rehash();
        }
        return code;
    }

    private void rehash() {
        slots = new int[2 * slots.length];
        for (int entry = 0; entry < entries; entry++) {
            int slot = hashes[entry] & (slots.length - 1);
            while (slots[slot] != 0) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = entry + 1;
        }
    }

    private int start(int entry) {
        return entry == 0 ? 0 : ends[entry - 1];
    }

    private static int hash(byte[] from, int begin, int end) {
        int hash = end - begin;
        for (int at = begin; at < end; at++) {
            hash = 31 * hash + from[at];
        }
        // the lowest digits choose the slot: let all others count there
        hash *= 0x9E3779B9;
        return hash ^ (hash >>> 15);
    }
}
