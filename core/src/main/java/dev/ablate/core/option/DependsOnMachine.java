package dev.ablate.core.option;

import java.nio.file.Path;

/** Implemented by the options record of a trainer whose runs need something of the machine that trains them, such as a program. */
public interface DependsOnMachine {

    /**
     * Checks that this machine has what runs need.
     *
     * <p>It is asked when a spec is planned whose runs this machine trains. Where a launcher trains them, nothing is known of the
     * machine, and a run that misses something fails there.
     *
     * @param folder that of the spec, in which relative files begin
     * @throws Refused with every reason
     */
    void checkMachine(Path folder);
}
