package dev.ablate.mlflow.client;

/**
 * What one needs of a tracking server: its runs, their files, and word of whether anything moves.
 *
 * <p>Nothing is asked before the first call. Used by one thread; {@link #close} by any.
 */
public final class Connection implements AutoCloseable {

    private final Endpoint destination;
    private final Movement movement = new Movement();
    private final Http http;
    private final MlflowServer server;
    private final Artifacts artifacts;
    private final Rest rest;

    /** To a server that need not be there. */
    public Connection(Endpoint destination) {
        this.destination = destination;
        this.http = new Http(destination, movement);
        this.server = new MlflowServer(http, destination);
        this.artifacts = new Artifacts(http, destination);
        this.rest = new Rest(http, destination);
    }

    /** Where it leads. */
    public Endpoint destination() {
        return destination;
    }

    /** The server's experiments and runs. */
    public MlflowServer server() {
        return server;
    }

    /** The files of these runs. */
    public Artifacts artifacts() {
        return artifacts;
    }

    /** The datasets of these runs. */
    public RunInputs inputs() {
        return new RunInputs(rest);
    }

    /** The models that these runs made, where the server has such. */
    public LoggedModels models() {
        return new LoggedModels(rest);
    }

    /** The registry of models. */
    public Registry registry() {
        return new Registry(rest);
    }

    /** Is called with each answer. */
    public Movement movement() {
        return movement;
    }

    /**
     * Makes sure that MLflow answers there, and returns its version, empty where it does not say it.
     *
     * @throws ServerFailure if it does not answer, or is something else
     */
    public String version() {
        return http.version();
    }

    /** Ends the call that is going on, if any; no other will succeed. */
    @Override
    public void close() {
        http.close();
        server.close();
    }
}
