package dev.ablate.mlflow.delivery;

import dev.ablate.engine.runs.DeliveryLedger;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.mlflow.client.Artifacts;
import dev.ablate.mlflow.client.Capabilities;
import dev.ablate.mlflow.client.Connection;
import dev.ablate.mlflow.client.Endpoint;
import dev.ablate.mlflow.client.MlflowServer;
import dev.ablate.mlflow.client.Movement;
import java.time.Duration;

/**
 * What all deliveries from one store to one destination share.
 *
 * @param store what is delivered
 * @param connection where to; its movement sees each new entry of the ledger too
 * @param recreate whether runs that somebody put into the server's trash, or whose points are there twice, are made again
 * @param capabilities what the server turned out to support
 * @param remarks what else a person should know
 * @param writer who writes
 * @param silence how long another writer may be silent before it counts as gone
 */
record Channel(
        RunStore store,
        Connection connection,
        boolean recreate,
        Capabilities capabilities,
        Remarks remarks,
        Claims.WriterId writer,
        Duration silence) {

    Endpoint destination() {
        return connection.destination();
    }

    MlflowServer server() {
        return connection.server();
    }

    Artifacts artifacts() {
        return connection.artifacts();
    }

    Movement movement() {
        return connection.movement();
    }

    DeliveryLedger ledger() {
        return store.ledger();
    }
}
