package dev.ablate.reader.csv;

import dev.ablate.reader.csv.RowScanner.End;
import java.io.IOException;

/**
 * Reads chunks of a file in one thread, and hands them over when it is their turn.
 *
 * <p>A chunk owns the rows that begin in it, and reads beyond its end to finish the last. Where its first row begins is known for sure
 * only when the chunk before it is done. So it is guessed first: behind the first line end. That is wrong where this line end stands
 * within quotes; then the rows that were read are forgotten, and read again from the right place.
 */
final class ChunkReader {

    private final Job job;
    private final Window window;
    private final RowScanner scanner;

    ChunkReader(Job job) {
        this.job = job;
        this.window = new Window(
                job.source(), Math.addExact(job.cut().length(), job.cut().spare()));
        this.scanner = new RowScanner(job.layout(), job.dialect());
    }

    /** Reads one chunk after the other until there are no more. */
    void readAll() throws IOException, InterruptedException {
        for (int chunk = job.take(); chunk < job.chunks() && !job.turns().isOver(); chunk = job.take()) {
            read(chunk);
        }
    }

    private void read(int chunk) throws IOException, InterruptedException {
        int limit = job.cut().length();
        window.moveTo(job.begin(chunk));
        scanner.clear();
        int guessed = chunk == 0 ? 0 : behindFirstLineEnd(limit);
        End end = guessed < 0 ? End.LIMIT : scanner.scan(window, guessed, limit);

        Turns turns = job.turns();
        if (!turns.await(chunk)) {
            return;
        }
        long begin = turns.begin();
        int first = (int) Math.min(begin - window.position(), Integer.MAX_VALUE);
        if (first > limit) {
            // a row that began before this chunk ends behind it
            turns.pass(begin);
            return;
        }
        if (first != guessed) {
            scanner.clear();
            end = scanner.scan(window, first, limit);
        }
        while (end == End.UNFINISHED && window.canGrow(scanner.at())) {
            window.grow();
            end = scanner.scan(window, scanner.at(), limit);
        }
        RowStore.Space space = job.accept(scanner, begin);
        if (end == End.LIMIT) {
            turns.pass(window.position() + scanner.at());
        } else {
            // a quote that is not closed is unfinished at the end of the file
            job.endAtBadQuotes();
        }
        job.store().fill(space, scanner.cells());
    }

    /** The index behind the first line end; -1 if no row can begin there. */
    private int behindFirstLineEnd(int limit) {
        byte[] bytes = window.bytes();
        int most = Math.min(limit, window.end() - 1);
        for (int at = 0; at <= most; at++) {
            if (bytes[at] == '\n' || bytes[at] == '\r') {
                return CellScanner.behindLineEnd(bytes, at);
            }
        }
        return -1;
    }
}
