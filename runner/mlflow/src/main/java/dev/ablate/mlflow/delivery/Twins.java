package dev.ablate.mlflow.delivery;

import dev.ablate.mlflow.client.MlflowServer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Which of several runs of one identity stays.
 *
 * <p>All who look decide alike, from the server's words alone: a run that its writer has verified stays before one that is not, and of
 * several the one with the lowest start, and then id. A run is put into the trash by the writer that made it; one that is verified, and
 * loses to a verified one, by whoever sees it, as nothing can turn that round.
 *
 * @param winner that stays
 * @param trash those that are to be put into the trash from here
 */
record Twins(MlflowServer.Run winner, List<MlflowServer.Run> trash) {

    /** The tag of the writer that made a run. */
    static final String WRITER = "ablate.writer";

    /** The tag of a run whose writer has read all of it back. */
    static final String VERIFIED = "ablate.verified";

    /**
     * Decides.
     *
     * @param alike at least one
     * @param ours whether a run was made from this home
     * @param claimed whether the ledger here names a run
     */
    static Twins of(
            List<MlflowServer.Run> alike, Predicate<MlflowServer.Run> ours, Predicate<MlflowServer.Run> claimed) {
        boolean allOurs = alike.stream().allMatch(ours);
        List<MlflowServer.Run> sorted = alike.stream()
                .sorted(Comparator.comparing((MlflowServer.Run run) -> !isVerified(run))
                        // a server may fulfil one request twice: no other home has a say
                        .thenComparing(run -> allOurs && !claimed.test(run))
                        .thenComparing(MlflowServer.Run::start)
                        .thenComparing(MlflowServer.Run::id))
                .toList();
        MlflowServer.Run winner = sorted.get(0);
        return new Twins(
                winner,
                sorted.stream()
                        .skip(1)
                        .filter(run -> ours.test(run)
                                || (isVerified(winner)
                                        && (isVerified(run) || writer(run).isEmpty())))
                        .toList());
    }

    static boolean isVerified(MlflowServer.Run run) {
        return run.tags().containsKey(VERIFIED);
    }

    /** Who made a run; empty where an older Ablate did. */
    static String writer(MlflowServer.Run run) {
        return writer(run.tags());
    }

    static String writer(Map<String, String> tags) {
        return tags.getOrDefault(WRITER, "");
    }
}
