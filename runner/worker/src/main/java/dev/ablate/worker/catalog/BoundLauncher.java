package dev.ablate.worker.catalog;

import dev.ablate.core.launch.Exchange;
import dev.ablate.core.launch.JobState;
import dev.ablate.core.launch.TaskFile;
import java.io.IOException;
import java.util.List;

/**
 * A launcher with its options, without generics; each call into it has the plugin's class loader in place.
 *
 * <p>An {@link IOException} is passed on, as it says what may be otherwise at the next call. Anything else that the plugin throws is its
 * failure.
 */
public interface BoundLauncher {

    /** The name in the spec. */
    String plugin();

    /** How messages name it: {@code launcher 'grid' of acme.jar}. */
    default String called() {
        return "launcher '" + plugin() + "'";
    }

    /** The options record. */
    Record options();

    /**
     * See {@link dev.ablate.core.launch.Launcher#submit}.
     *
     * @return text on one line, not blank
     * @throws PluginException if the plugin throws anything else, or gives another id
     */
    String submit(List<TaskFile> tasks, Exchange exchange) throws IOException;

    /**
     * See {@link dev.ablate.core.launch.Launcher#poll}.
     *
     * @throws PluginException if the plugin throws anything else, or gives null
     */
    JobState poll(String job, Exchange exchange) throws IOException;

    /**
     * See {@link dev.ablate.core.launch.Launcher#cancel}.
     *
     * @throws PluginException if the plugin throws anything else
     */
    void cancel(String job, Exchange exchange) throws IOException;

    /**
     * See {@link dev.ablate.core.launch.Launcher#describe}.
     *
     * @throws PluginException if the plugin throws anything else, or gives null
     */
    String describe(String job, Exchange exchange) throws IOException;

    /**
     * See {@link dev.ablate.core.launch.Launcher#log}.
     *
     * @throws PluginException if the plugin throws anything else, or gives null
     */
    String log(String job, Exchange exchange) throws IOException;
}
