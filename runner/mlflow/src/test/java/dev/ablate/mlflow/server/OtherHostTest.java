package dev.ablate.mlflow.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What another host has left in a folder that both see. */
@Timeout(60)
class OtherHostTest {

    @TempDir
    private Path folder;

    private LocalServer server(String kind) {
        return new LocalServer(folder, folder.resolve("shared"), Clock.systemUTC(), Map.of("ABLATE_HOME_KIND", kind));
    }

    private void record(String host) throws Exception {
        new ServerRecord(5000, "3.17.2", Instant.EPOCH, true, host, List.of(new ServerRecord.Member(1, 0)))
                .write(folder.resolve("server.json"));
    }

    @Test
    void itsServerIsNeitherEndedNorStartedASecondTime() throws Exception {
        record("node17");
        assertThatThrownBy(() -> server("network").stop(line -> {}))
                .isInstanceOf(LocalServerException.class)
                .hasMessage("the MLflow server of " + folder
                        + " runs on host node17; use it there, or end it there first (ablate ui stop). If that host is gone for"
                        + " good, remove " + folder.resolve("server.json"));
        assertThat(server("network").running()).isEmpty();
    }

    @Test
    void aNameThatHasChangedMeansNothingOnADiskOfOneHost() throws Exception {
        record("node17");
        assertThat(server("local").stop(line -> {})).isFalse();
        record(ServerRecord.here());
        assertThat(server("network").stop(line -> {})).isFalse();
        record("");
        assertThat(server("network").stop(line -> {})).isFalse();
    }

    @Test
    void itsLockIsWaitedForByName() throws Exception {
        Path file = folder.resolve("server.lock");
        List<String> progress = new ArrayList<>();
        new LockFile(file, Duration.ofSeconds(1)).holding("", progress::add, () -> {
            Files.writeString(file, "1 node17\n");
            assertThatThrownBy(() -> new LockFile(file, Duration.ofSeconds(1))
                            .holding("upgrading MLflow", progress::add, () -> true))
                    .isInstanceOf(LocalServerException.class)
                    .hasMessageStartingWith("another ablate (process 1 on host node17) is upgrading MLflow, and ")
                    .hasMessageEndingWith(". End it; then try again");
            return true;
        });
        assertThat(progress).contains("another ablate (process 1 on host node17) is upgrading MLflow; waiting for it");
    }
}
