package dev.ablate.mlflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run takes no more requests than it needs. */
@ManagedMlflow
class RequestsTest {

    @TempDir
    private Path home;

    private final URI server;

    RequestsTest(URI server) {
        this.server = server;
    }

    @Test
    void asksForNothingTwice() {
        int few = 2;
        int more = 5;
        Map<String, Integer> before = requests("few requests", few);
        Map<String, Integer> requests = requests("more requests", more);
        // what a comparison takes, whatever its runs, is in both
        before.forEach((request, times) -> requests.merge(request, -times, Integer::sum));
        requests.values().removeIf(times -> times == 0);
        int runs = 2 * (more - few);
        assertThat(requests)
                .isEqualTo(Map.ofEntries(
                        Map.entry("POST runs/create", runs),
                        // after it was made, and before it is called verified: another home may have made the same
                        Map.entry("POST runs/search", 2 * runs),
                        // params with all points; that it is verified
                        Map.entry("POST runs/log-batch", 2 * runs),
                        Map.entry("POST runs/update", runs),
                        Map.entry("POST runs/log-inputs", runs),
                        Map.entry("POST logged-models", runs),
                        Map.entry("PATCH logged-models/ID", runs),
                        Map.entry("POST runs/outputs", runs),
                        // predictions and the three files of a model
                        Map.entry("PUT artifacts", 4 * runs),
                        // before a model is made, as another home may have made one, and when all is read back
                        Map.entry("GET runs/get", 2 * runs),
                        // a metric each
                        Map.entry("GET metrics/get-history", 3 * runs),
                        Map.entry("POST logged-models/search", 2 * runs),
                        // a folder each
                        Map.entry("GET artifacts", 2 * runs)));
    }

    /** How often delivery of a comparison of two variants asks for what. */
    private Map<String, Integer> requests(String name, int seeds) {
        try (Lab lab = new Lab(
                        home.resolve(name),
                        name,
                        LongStream.rangeClosed(1, seeds).boxed().toList());
                FaultyServer counting = new FaultyServer(server, (method, path, body) -> new FaultyServer.Pass())) {
            // nor does it show meanwhile that it is at work
            lab.silence = Duration.ofMinutes(10);
            lab.trainAllWithModels(3);
            assertThat(lab.deliver(Lab.at(counting.address())).problem()).isEmpty();
            Map<String, Integer> times = new TreeMap<>();
            counting.requests.forEach(request -> times.merge(
                    request.replaceFirst("/api/2.0/mlflow(-artifacts)?/", "")
                            .replaceFirst("m-[0-9a-f]{32}$", "ID")
                            .replaceFirst("artifacts/.*", "artifacts"),
                    1,
                    Integer::sum));
            return times;
        }
    }
}
