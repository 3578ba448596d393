package dev.ablate.mlflow.client;

import java.util.function.Function;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowClientException;
import org.mlflow.tracking.creds.BasicMlflowHostCreds;

/**
 * MLflow's Java client, with its requests sent by {@link Http}.
 *
 * <p>Its own connections know no timeout, and keep an answer without end in memory; they take a redirect or a web page for success,
 * may carry credentials to where a redirect leads, ask three times where one answer was lost, wait for ever after answers of 429,
 * and know neither proxies nor authorities but Java's own. Its calls that go by neither of the methods below are not used.
 */
final class BoundedClient extends MlflowClient {

    private static final long serialVersionUID = 1L;

    private final transient RestClient rest;

    BoundedClient(Endpoint destination, RestClient rest) {
        super(new BasicMlflowHostCreds(destination.server().toString()));
        this.rest = rest;
    }

    /**
     * Asks, and waits for the answer.
     *
     * @throws ServerFailure if there is none in time, or a refusal
     */
    <T> T call(Function<MlflowClient, T> request) {
        try {
            return request.apply(this);
        } catch (MlflowClientException e) {
            if (e.getMessage() != null && e.getMessage().startsWith("Failed to serialize json")) {
                throw rest.foreign();
            }
            throw e;
        }
    }

    @Override
    public String sendPost(String path, String json) {
        return rest.sendPost(path, json);
    }

    @Override
    public String sendPatch(String path, String json) {
        return rest.sendPatch(path, json);
    }
}
