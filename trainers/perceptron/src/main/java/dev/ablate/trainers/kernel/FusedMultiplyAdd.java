package dev.ablate.trainers.kernel;

/**
 * Whether this machine has a fused multiply-add.
 *
 * <p>Where it has none, Java computes the same bits by decimal numbers, thousands of times slower: a run of seconds would take hours. Other
 * operations would be fast and give other bits, so that a result would depend on the machine; so there is no other way here.
 */
public final class FusedMultiplyAdd {

    private static final int CALLS = 100;

    /** By the processor a call takes less than 20 ns even in the interpreter; without, more than 300 when all is compiled. */
    private static final long LIMIT_NANOS = 150;

    private FusedMultiplyAdd() {}

    /** Looked at once, when it is first asked. */
    private static final class Once {
        private static final boolean FAST = fastest() <= CALLS * LIMIT_NANOS;
    }

    /**
     * Refuses to go on without it.
     *
     * @throws IllegalStateException if it is missing; the message says what to do
     */
    public static void require() {
        if (!Once.FAST) {
            throw new IllegalStateException(
                    "this Java has no fused multiply-add from the processor, without which training takes"
                            + " thousands of times as long: use a processor that has it (x86-64 since Haswell of 2013 or Piledriver of"
                            + " 2012, any 64-bit ARM), leave out -XX:-UseFMA and -XX:UseAVX=0, or choose trainer dl4j");
        }
    }

    /** How long the fastest of ten times a hundred calls took; others may have been interrupted. */
    private static long fastest() {
        long fastest = Long.MAX_VALUE;
        double number = 1.1;
        for (int turn = 0; turn < 10; turn++) {
            long begin = System.nanoTime();
            for (int call = 0; call < CALLS; call++) {
                number = Math.fma(number, 0.7, 0.3);
            }
            fastest = Math.min(fastest, System.nanoTime() - begin);
        }
        // always, but the compiler does not know it: what nobody uses is not computed
        return number > 0 ? fastest : 0;
    }
}
