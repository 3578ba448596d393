package dev.ablate.launchers.slurm;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An array job, as an id has it: {@code 4711 ablate-0a1b2c3d4e5f}, or {@code 4711;west ablate-0a1b2c3d4e5f} of several clusters.
 *
 * @param number Slurm's number; begins again where a controller has lost its state, so it means nothing without the name
 * @param cluster where it is, if there are several
 * @param name the job's name
 */
record SlurmJob(String number, Optional<String> cluster, String name) {

    private static final Pattern ID = Pattern.compile("([0-9]{1,12})(?:;([^\\s;]+))? (ablate-[0-9a-f]{12})");

    /** Empty if this launcher never gave such an id. */
    static Optional<SlurmJob> of(String id) {
        Matcher matcher = ID.matcher(id);
        return matcher.matches()
                ? Optional.of(new SlurmJob(matcher.group(1), Optional.ofNullable(matcher.group(2)), matcher.group(3)))
                : Optional.empty();
    }

    String id() {
        return number + cluster.map(name -> ";" + name).orElse("") + " " + name;
    }

    /** The option that leads a command to its cluster. */
    List<String> onCluster() {
        return cluster.map(name -> List.of("--clusters=" + name)).orElse(List.of());
    }
}
