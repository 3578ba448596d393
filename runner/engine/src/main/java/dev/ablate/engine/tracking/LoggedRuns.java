package dev.ablate.engine.tracking;

import java.net.URI;
import java.util.List;

/**
 * The runs of one experiment on a tracking server, whoever logged them.
 *
 * <p>All methods throw {@link TrackingException} where the server does not answer or refuses. Used by one thread.
 */
public interface LoggedRuns extends AutoCloseable {

    /** What the experiment is called. */
    String experiment();

    /** The server's id of the experiment, which stays when somebody calls it otherwise. */
    String id();

    /** The server's address, without credentials. */
    URI server();

    /** The runs that are not deleted, the first started first; asked for when this is called. */
    List<LoggedRun> runs();

    /** All values of a metric, by rising step; of one step in the order in which they were logged. */
    List<LoggedRun.Value> history(LoggedRun run, String metric);

    /** Whether a tag is one that the server's clients set by themselves and that says nothing of what was run. */
    boolean isHousekeeping(String tag);

    /** Ends the connection. */
    @Override
    void close();
}
