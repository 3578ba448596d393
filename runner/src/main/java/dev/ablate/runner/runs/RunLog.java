package dev.ablate.runner.runs;

import java.util.Map;

/** Where one attempt writes; used by one thread. Training never waits for it longer than for a queue. */
public interface RunLog {

    /** The attempt's number. */
    long id();

    /** Rows of the two parts; told once, before the first point. */
    void rows(int train, int test);

    /** Values of one step, by series name. */
    void points(long step, Map<String, Double> values);

    /** The attempt came to its end; on the disk when this returns. */
    RunRecord finish(boolean deterministic, long updates, Map<String, Double> parameters);

    /** The attempt failed; on the disk when this returns. */
    RunRecord fail(String error, long updates);

    /** The attempt was ended by a signal; on the disk when this returns. */
    RunRecord kill(long updates);
}
