package dev.ablate.reader.csv;

import dev.ablate.reader.csv.Rows.Mark;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The reading of one file: what all its threads share, and what they have handed over. */
final class Job {

    private final Source source;
    private final Dialect dialect;
    private final Layout layout;
    private final Cut cut;
    private final long begin;
    private final int chunks;
    private final AtomicInteger taken = new AtomicInteger();
    private final Turns turns;
    private final RowStore store;

    private final Map<Integer, Words> words = new HashMap<>();
    private final List<Mark> marks = new ArrayList<>();
    private int rows;
    private final WrongRows wrong = new WrongRows();
    private final BitSet texts = new BitSet();
    private boolean missed;
    private boolean badlyQuoted;

    /**
     * @param begin where the first row begins, or blank lines before it
     */
    Job(Source source, Dialect dialect, Layout layout, Cut cut, long begin) {
        this.source = source;
        this.dialect = dialect;
        this.layout = layout;
        this.cut = cut;
        this.begin = begin;
        this.chunks = Math.toIntExact(Math.max(0, source.size() - begin + cut.length() - 1) / cut.length());
        this.turns = new Turns(begin);
        this.store = new RowStore(layout.width());
        layout.texts().forEach(column -> words.put(column, new Words()));
    }

    Source source() {
        return source;
    }

    Dialect dialect() {
        return dialect;
    }

    Layout layout() {
        return layout;
    }

    Cut cut() {
        return cut;
    }

    Turns turns() {
        return turns;
    }

    RowStore store() {
        return store;
    }

    /** How many chunks there are. */
    int chunks() {
        return chunks;
    }

    /** Where a chunk begins. */
    long begin(int chunk) {
        return begin + (long) chunk * cut.length();
    }

    /** The index of a chunk that nobody else takes; there may be no such chunk. */
    int take() {
        return taken.getAndIncrement();
    }

    /**
     * Takes rows over; only the thread whose turn it is may call it.
     *
     * @param position where the first of them begins
     * @return where their numbers go
     */
    RowStore.Space accept(RowScanner scanned, long position) {
        marks.add(new Mark(rows, position));
        int stored = scanned.rows();
        wrong.addAll(scanned.wrong(), rows);
        missed |= scanned.missed();
        for (int column = 0; column < layout.columns(); column++) {
            if (scanned.hasText(column)) {
                texts.set(column);
            }
        }
        words.forEach((column, known) -> known.accept(
                scanned.dictionary(column), scanned.cells(), layout.slot(column), layout.width() + 1, stored));
        rows = Math.addExact(rows, stored);
        return store.reserve(stored);
    }

    /** Ends the reading at the row behind those that were accepted; only the thread whose turn it is may call it. */
    void endAtBadQuotes() {
        badlyQuoted = true;
        turns.end();
    }

    /** What was read, when all threads have ended. */
    Rows rows() {
        Map<Integer, List<String>> lists = new HashMap<>();
        words.forEach((column, known) -> lists.put(column, known.list()));
        return new Rows(
                rows,
                store.parts(),
                store.apart(),
                Map.copyOf(lists),
                texts.stream().boxed().toList(),
                missed,
                wrong.first(),
                wrong.count(),
                badlyQuoted,
                List.copyOf(marks));
    }
}
