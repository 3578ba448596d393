package dev.ablate.mlflow.client;

import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server supports, as it turns out: an old one lacks some of it. From any thread. */
public final class Capabilities {

    private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4}).*");

    /** Answers in a row that a path is not there, of a server that should have it: one may be a gateway's while it restarts. */
    private static final int MOST_DENIALS = 3;

    /** What came late to MLflow. */
    public enum Capability {
        LOGGED_MODELS(3, 0, "has no logged models: each run has its model under model/ in its artifacts"),
        DATASETS(2, 4, "shows no datasets");

        private final int major;
        private final int minor;
        private final String consequence;

        /**
         * A capability.
         *
         * @param major version of MLflow since which there is such a thing
         * @param minor likewise
         * @param consequence what follows where there is none, in words
         */
        Capability(int major, int minor, String consequence) {
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
    private final Map<Capability, String> unsupported = new EnumMap<>(Capability.class);
    private final Map<Capability, Integer> denials = new EnumMap<>(Capability.class);

    /** @param version asks the server for its own; empty where it does not say it */
    public Capabilities(URI server, Supplier<String> version) {
        this.server = server;
        this.version = version;
    }

    /** Whether the server turned out to lack it. */
    public synchronized boolean unsupported(Capability capability) {
        return unsupported.containsKey(capability);
    }

    /**
     * Asks for something; notes that the server lacks it, if it has no such path.
     *
     * @return whether it was answered
     * @throws ServerFailure also where the server's version has such a path: then it is worth asking again
     */
    public boolean attempt(Capability capability, Runnable request) {
        if (unsupported(capability)) {
            return false;
        }
        try {
            request.run();
            synchronized (this) {
                denials.remove(capability);
            }
            return true;
        } catch (ServerFailure e) {
            if (e.kind() != ServerFailure.Kind.UNKNOWN) {
                throw e;
            }
            denied(capability, version.get());
            return false;
        }
    }

    private synchronized void denied(Capability capability, String reported) {
        if (!capability.isIn(reported)) {
            unsupported.put(capability, capability.remark("is"));
        } else if (denials.merge(capability, 1, Integer::sum) >= MOST_DENIALS) {
            unsupported.put(capability, capability.remark("says that it is " + reported + ", answers like one"));
        } else {
            throw new ServerFailure(
                    ServerFailure.Kind.BUSY,
                    server,
                    "answered 404, which " + reported + " does not: a gateway perhaps");
        }
    }

    /** A sentence for each. */
    public synchronized List<String> remarks() {
        return new ArrayList<>(unsupported.values());
    }
}
