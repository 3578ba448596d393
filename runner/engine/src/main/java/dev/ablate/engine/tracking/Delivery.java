package dev.ablate.engine.tracking;

import dev.ablate.worker.text.Phrases;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings what the store has to a destination, on a thread of its own.
 *
 * <p>Nothing that trains ever waits for it: it reads the store, not the trainer. Begun by {@link Tracker#begin}.
 */
public interface Delivery extends AutoCloseable {

    /** Where to. */
    Destination destination();

    /** Delivers a comparison and its runs, and goes on with what is added to them, until {@link #finish}. From any thread. */
    void watch(String comparison);

    /**
     * Says that the watched comparisons are complete in the store, and waits until they are delivered, or nothing has moved for
     * {@code patience}, or nothing will: the server was never there, refuses access, or refused what is left.
     */
    Report finish(Duration patience);

    /** Stops at once; what is not delivered stays in the store. */
    @Override
    void close();

    /**
     * What became of it.
     *
     * @param complete the comparisons that are delivered and read back
     * @param undelivered how many runs are in the store, and not (fully) delivered
     * @param problem why, in one line, with the server's words; empty if all is well
     * @param remedy what to do about it before the delivery is tried again, the beginning of a sentence that ends with a command;
     *     empty if all is well
     * @param parents the parent run's id at the destination by comparison
     * @param runs the run's id at the destination by attempt number
     * @param links by comparison, the page that a person should open: the grouped view
     * @param pages by comparison, the page of its parent run
     * @param remarks what is not there, or otherwise, because the server is old; one sentence each
     */
    record Report(
            Set<String> complete,
            int undelivered,
            Optional<String> problem,
            String remedy,
            Map<String, String> parents,
            Map<Long, String> runs,
            Map<String, String> links,
            Map<String, String> pages,
            List<String> remarks) {
        /** Copies the collections. */
        public Report {
            complete = Set.copyOf(complete);
            parents = Map.copyOf(parents);
            runs = Map.copyOf(runs);
            links = Map.copyOf(links);
            pages = Map.copyOf(pages);
            remarks = List.copyOf(remarks);
        }

        /**
         * That runs are stored and not delivered, in one line: {@code refused the connection; 2 runs are stored. When it is up: ...}
         *
         * @param why the reason, such as {@link #problem}
         * @param wayOut what to do about it, a sentence
         */
        public String sentence(String why, String wayOut) {
            return why + "; " + Phrases.counted(undelivered, "run") + (undelivered == 1 ? " is" : " are") + " stored. "
                    + wayOut;
        }
    }
}
