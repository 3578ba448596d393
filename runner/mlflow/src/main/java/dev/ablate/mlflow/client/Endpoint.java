package dev.ablate.mlflow.client;

import dev.ablate.engine.tracking.Destination;
import dev.ablate.engine.tracking.TrackingException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Where runs are delivered.
 *
 * @param id {@code managed} for the server that {@code ablate ui} starts, whose port may change; else the tracking URI
 * @param server the address, without a slash at the end and without credentials
 * @param access how it is entered
 */
public record Endpoint(String id, URI server, Access access) implements Destination {

    /** The id of the managed server. */
    public static final String MANAGED = "managed";

    /** MLflow's bound. */
    private static final int LONGEST_EXPERIMENT = 500;

    private static final int HIGHEST_PORT = 65_535;

    /** What stands behind a question mark is no part of a server's address, and may be a key. */
    private static final Pattern QUERY = Pattern.compile("\\?.+", Pattern.DOTALL);

    @Override
    public URI address() {
        return server;
    }

    /** The managed server, whether it runs or not: for what is known of it here; nothing can be sent there. */
    public static Endpoint managed() {
        return managed(URI.create("http://127.0.0.1"));
    }

    /** The managed server at its present address. */
    public static Endpoint managed(URI server) {
        return new Endpoint(MANAGED, server, Access.open());
    }

    /**
     * The server that somebody named, else the managed one if it runs, else none.
     *
     * @param flag {@code --tracking-uri}
     * @param environment of the process; {@code MLFLOW_TRACKING_URI} counts where there is no flag
     * @param managed asked only if neither names a server
     * @throws TrackingException with a message for a person, if what is named is not an address of a server
     */
    public static Optional<Endpoint> resolve(
            Optional<String> flag, Map<String, String> environment, Supplier<Optional<Endpoint>> managed) {
        Optional<String> inherited =
                Optional.ofNullable(environment.get("MLFLOW_TRACKING_URI")).filter(value -> !value.isBlank());
        if (flag.isPresent()) {
            return Optional.of(at("--tracking-uri", flag.get(), environment));
        }
        if (inherited.isPresent()) {
            return Optional.of(at("MLFLOW_TRACKING_URI", inherited.get(), environment));
        }
        return managed.get();
    }

    /**
     * The MLflow experiment of a comparison: what the command line says, else the spec, else {@code MLFLOW_EXPERIMENT_NAME}, else
     * the comparison's name.
     *
     * @throws TrackingException with a message for a person, if the command line or the environment names one that MLflow
     *     does not allow; a spec was checked when it was read
     */
    public static String experiment(
            Optional<String> flag, Optional<String> spec, Map<String, String> environment, String name) {
        return flag.map(asked -> checked("--experiment", asked))
                .or(() -> spec)
                .or(() -> Optional.ofNullable(environment.get("MLFLOW_EXPERIMENT_NAME"))
                        .filter(value -> !value.isBlank())
                        .map(asked -> checked("MLFLOW_EXPERIMENT_NAME", asked)))
                .orElse(name);
    }

    private static String checked(String origin, String name) {
        if (name.isBlank() || name.length() > LONGEST_EXPERIMENT) {
            throw new TrackingException(origin + " must be a name of 1 to " + LONGEST_EXPERIMENT + " characters, got "
                    + (name.isBlank() ? "'" + name + "'" : name.length()));
        }
        return name;
    }

    private static Endpoint at(String origin, String text, Map<String, String> environment) {
        URI address;
        try {
            address = new URI(text.strip());
        } catch (URISyntaxException e) {
            throw new TrackingException(
                    origin + " is not an address: '" + withoutCredentials(text) + "' (" + e.getReason() + ")");
        }
        String scheme = Optional.ofNullable(address.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        boolean web = scheme.equals("http") || scheme.equals("https");
        if (!web || address.getHost() == null) {
            throw new TrackingException(origin + " must be the address of an MLflow server, such as "
                    + "http://localhost:5000, got '" + withoutCredentials(text) + "'");
        }
        if (address.getPort() > HIGHEST_PORT || address.getPort() == 0) {
            throw new TrackingException(
                    origin + ": the port must be from 1 to " + HIGHEST_PORT + ", got " + address.getPort());
        }
        URI server;
        try {
            String path = Optional.ofNullable(address.getPath()).orElse("");
            while (path.endsWith("/")) {
                path = path.substring(0, path.length() - 1);
            }
            server = new URI(scheme, null, address.getHost(), address.getPort(), path, null, null);
        } catch (URISyntaxException e) {
            throw new TrackingException(
                    origin + " is not an address: '" + withoutCredentials(text) + "' (" + e.getReason() + ")");
        }
        return new Endpoint(server.toString(), server, Access.of(environment).withCredentialsOf(address));
    }

    /** What somebody typed, to be shown without a name and a password, even where it is not an address. */
    private static String withoutCredentials(String whole) {
        String text = QUERY.matcher(whole).replaceFirst("?***");
        int end = text.lastIndexOf('@');
        int begin = text.indexOf("//");
        return end < 0
                ? text
                : (begin < 0 || begin > end ? "" : text.substring(0, begin + 2)) + "***" + text.substring(end);
    }
}
