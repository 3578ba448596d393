package dev.ablate.mlflow.client;

import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server turned out not to know, as it is older than that; from any thread. */
public final class Lacking {

    private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4}).*");

    /** Answers in a row that a path is not there, of a server that should have it: one may be a gateway's while it restarts. */
    private static final int MOST_DENIALS = 3;

    /** What came late to MLflow. */
    public enum Ability {
        LOGGED_MODELS(3, 0, "has no logged models: each run has its model under model/ in its artifacts"),
        DATASETS(2, 4, "shows no datasets");

        private final int major;
        private final int minor;
        private final String consequence;

        /**
         * An ability.
         *
         * @param major version of MLflow since which there is such a thing
         * @param minor likewise
         * @param consequence what follows where there is none, in words
         */
        Ability(int major, int minor, String consequence) {
            this.major = major;
            this.minor = minor;
            this.consequence = consequence;
        }

        private String remark(String why) {
            return "MLflow there " + why + " older than " + major + "." + minor + " and " + consequence;
        }

        private boolean isIn(String version) {
            Matcher numbers = VERSION.matcher(version);
            if (!numbers.matches()) {
                return false;
            }
            int here = Integer.parseInt(numbers.group(1));
            return here > major || (here == major && Integer.parseInt(numbers.group(2)) >= minor);
        }
    }

    private final URI server;
    private final Supplier<String> version;
    private final Map<Ability, String> lacking = new EnumMap<>(Ability.class);
    private final Map<Ability, Integer> denials = new EnumMap<>(Ability.class);

    /** @param version asks the server for its own; empty where it does not say it */
    public Lacking(URI server, Supplier<String> version) {
        this.server = server;
        this.version = version;
    }

    public synchronized boolean has(Ability ability) {
        return lacking.containsKey(ability);
    }

    /**
     * Asks for something; notes that the server lacks it, if it has no such path.
     *
     * @return whether it was answered
     * @throws ServerFailure also where the server's version has such a path: then it is worth asking again
     */
    public boolean answers(Ability ability, Runnable request) {
        if (has(ability)) {
            return false;
        }
        try {
            request.run();
            synchronized (this) {
                denials.remove(ability);
            }
            return true;
        } catch (ServerFailure e) {
            if (e.kind() != ServerFailure.Kind.UNKNOWN) {
                throw e;
            }
            denied(ability, version.get());
            return false;
        }
    }

    private synchronized void denied(Ability ability, String told) {
        if (!ability.isIn(told)) {
            lacking.put(ability, ability.remark("is"));
        } else if (denials.merge(ability, 1, Integer::sum) >= MOST_DENIALS) {
            lacking.put(ability, ability.remark("says that it is " + told + ", answers like one"));
        } else {
            throw new ServerFailure(
                    ServerFailure.Kind.BUSY, server, "answered 404, which " + told + " does not: a gateway perhaps");
        }
    }

    /** A sentence for each. */
    public synchronized List<String> told() {
        return new ArrayList<>(lacking.values());
    }
}
