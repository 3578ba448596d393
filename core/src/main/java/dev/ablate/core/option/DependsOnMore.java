package dev.ablate.core.option;

import java.util.Map;

/**
 * Implemented by the options record of a trainer whose runs depend on more than its options say, such as on what is installed.
 *
 * <p>It is asked when a spec is planned, and again wherever a run is trained: a run that would depend on something else there is not
 * trained.
 */
public interface DependsOnMore {

    /**
     * What else a run depends on, and is identified by.
     *
     * @param variant what the run's variant is called; a run whose variant is called otherwise is the same run unless this makes a
     *     difference of it
     * @return texts by names of lower-case words joined by {@code _}, none of them an option's
     */
    Map<String, String> furtherLeaves(String variant);
}
