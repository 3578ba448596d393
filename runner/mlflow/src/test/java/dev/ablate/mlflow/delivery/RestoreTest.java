package dev.ablate.mlflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import dev.ablate.engine.tracking.Sync;
import dev.ablate.mlflow.client.Endpoint;
import dev.ablate.mlflow.server.LocalServer;
import dev.ablate.mlflow.server.OldData;
import dev.ablate.mlflow.server.ServerData;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server's data from an older MLflow through a backup, the loss of all of it, and back; with real servers. */
@ManagedMlflow
@Order(13)
class RestoreTest {

    @TempDir
    private Path home;

    private final List<String> progress = new ArrayList<>();
    private Path folder = Path.of("");
    private Optional<LocalServer> running = Optional.empty();

    @AfterEach
    void endWhatRuns() throws Exception {
        if (running.isPresent()) {
            running.get().stop(line -> {});
        }
    }

    @Test
    void whatWasDeliveredAfterTheBackupIsDeliveredAgain() throws Exception {
        folder = home.resolve("mlflow");
        OldData.unpack("2.22.5", folder);
        LocalServer server = new LocalServer(folder, MlflowExtension.shared(), Clock.systemUTC(), System.getenv());
        running = Optional.of(server);
        URI address = server.start(progress::add);
        assertThat(progress).anyMatch(line -> line.contains("bringing the database of an older MLflow"));
        assertOldRunsAreThere(address);
        try (Stream<Path> kept = Files.list(folder.resolve("backups"))) {
            assertThat(kept).singleElement().asString().contains("mlflow-0584bdc529eb-");
        }

        Path backup = home.resolve("kept.zip");
        try (Lab lab = new Lab(home.resolve("home"), "restored", List.of(1L))) {
            lab.trainAll(3);
            assertThat(lab.deliver(Endpoint.managed(address)).problem()).isEmpty();
            server.data().backup(backup, progress::add);
            lab.plan = lab.plan(List.of(1L, 2L));
            lab.record();
            lab.plan.runs().stream().filter(run -> run.seed() == 2).forEach(run -> lab.train(run, 3));
            lab.publish();
            assertThat(lab.deliver(Endpoint.managed(address)).problem()).isEmpty();
            assertThat(new Rest(address).children("restored")).hasSize(4);

            server.stop(line -> {});
            MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
            ServerData.Restored restored = server.data().restore(backup, false, progress::add);
            assertThat(restored.mlflow()).isEqualTo(LocalServer.VERSION);
            URI again = server.start(progress::add);

            assertOldRunsAreThere(again);
            assertThat(new Rest(again).children("restored")).hasSize(2);
            Sync sync = new Sync(lab.store, Lab.TRACKER, Endpoint.managed(again));
            assertThat(sync.pending()).as("the ledger knows nothing of it").isEmpty();
            sync.chosen(Optional.empty()).forEach(sync::doubt);
            assertThat(lab.sync(Endpoint.managed(again), Duration.ofSeconds(60)).problem())
                    .isEmpty();
            StoreOnServer found = StoreOnServer.of(lab, new Rest(again));
            assertThat(found.lost()).isEmpty();
            assertThat(found.doubled()).isEmpty();
        }
    }

    private static void assertOldRunsAreThere(URI address) {
        Rest rest = new Rest(address);
        List<Rest.Run> runs = rest.active("kept");
        assertThat(runs).hasSize(2);
        for (Rest.Run run : runs) {
            assertThat(run.tags()).containsEntry("note", "ü ✓");
            assertThat(rest.history(run.id(), "train/mse")).hasSize(20);
            assertThat(rest.artifact(run.id(), "a folder/hello.txt")).startsWith("hello ");
        }
    }
}
