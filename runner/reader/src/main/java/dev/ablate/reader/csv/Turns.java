package dev.ablate.reader.csv;

/**
 * Lets threads that read chunks in any order hand them over in the file's order.
 *
 * <p>The turn of a chunk also says where its first row begins: where the last row of the chunk before it ended.
 */
final class Turns {

    private int chunk;
    private long begin;
    private boolean over;

    /**
     * @param begin where the first row of chunk 0 begins
     */
    Turns(long begin) {
        this.begin = begin;
    }

    /**
     * Waits for the turn of a chunk.
     *
     * @return false if it will never come
     * @throws InterruptedException if the thread is interrupted, while it waits or before
     */
    synchronized boolean await(int turn) throws InterruptedException {
        while (true) {
            // whoever is interrupted and given the turn at once is not woken as interrupted
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (chunk == turn || over) {
                return !over;
            }
            wait();
        }
    }

    /** Where the first row of the chunk begins whose turn it is. */
    synchronized long begin() {
        return begin;
    }

    /** Gives the turn to the next chunk, whose first row begins at a position. */
    synchronized void pass(long next) {
        chunk++;
        begin = next;
        notifyAll();
    }

    /** Lets no further chunk have its turn. */
    synchronized void end() {
        over = true;
        notifyAll();
    }

    synchronized boolean isOver() {
        return over;
    }
}
