package dev.ablate.engine.table;

import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.SpecException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What is wrong with a file, from above: the first of it, and how much there is; not thread-safe. */
public final class FileProblems {

    /** More help nobody at once. */
    private static final int MOST = 20;

    private final List<Problem> found = new ArrayList<>();
    private long more;

    /** Adds one, which is worded only if it is among the first. */
    public void add(Supplier<Problem> problem) {
        if (found.size() < MOST) {
            found.add(problem.get());
        } else {
            more++;
        }
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /**
     * Ends the reading if something is wrong.
     *
     * @throws SpecException with the first problems, and the number of the others
     */
    public void throwIfAny() {
        if (found.isEmpty()) {
            return;
        }
        List<Problem> all = new ArrayList<>(found);
        if (more > 0) {
            int last = all.size() - 1;
            all.set(last, all.get(last).noting("and " + more + " more"));
        }
        throw new SpecException(all);
    }
}
