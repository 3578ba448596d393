package dev.ablate.reader.csv;

/**
 * How a file is cut for threads; nothing that is read depends on it.
 *
 * @param threads at most, at least 1
 * @param length bytes of a chunk, at least 1
 * @param spare bytes that are read behind a chunk at once, so that its last row ends in them
 */
record Cut(int threads, int length, int spare) {

    private static final int MOST_THREADS = 4;

    /** Chunks that a processor's cache holds; larger ones are not faster. */
    static Cut usual() {
        return new Cut(Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()), 1 << 20, 1 << 16);
    }
}
