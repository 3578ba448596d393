package dev.ablate.mlflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.fixture.Quiet;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.tracking.Delivery;
import dev.ablate.engine.train.Outcome;
import dev.ablate.mlflow.client.Endpoint;
import dev.ablate.mlflow.delivery.FaultyServer.Pass;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training never waits for the server, however long that takes to answer: shown by the order of events, not by a time. */
@ManagedMlflow
@Timeout(180)
@Order(7)
class TrainingBesideDeliveryTest {

    @TempDir
    private Path home;

    private final URI server;
    private final Rest rest;

    TrainingBesideDeliveryTest(URI server) {
        this.server = server;
        this.rest = new Rest(server);
    }

    /** The answer comes after the last run has ended: from some request on, and not before. */
    @ParameterizedTest
    @ValueSource(strings = {"/version", "runs/create", "runs/log-batch", "logged-models", "runs/update"})
    void endsEveryRunWhileARequestIsUnanswered(String request) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch trained = new CountDownLatch(1);
        AtomicInteger answered = new AtomicInteger();
        AtomicBoolean slow = new AtomicBoolean();
        FaultyServer.Mood slowly = (method, path, body) -> {
            if (path.endsWith(request) || slow.get()) {
                slow.set(true);
                asked.countDown();
                await(trained);
                answered.incrementAndGet();
            }
            return new Pass();
        };
        // what waits is the trainers' thread: for the server to be slow, which a run that is faster would not meet
        Quiet meeting = new Quiet() {
            private int begun;

            @Override
            public void begins(PlannedRun run) {
                begun++;
                if (begun == 2) {
                    await(asked);
                }
            }
        };
        String name = "beside " + request.replace('/', ' ');
        try (Lab lab = Lab.training(home, name, List.of(1L, 2L), 20, Duration.ofMillis(1));
                FaultyServer faulty = new FaultyServer(server, slowly)) {
            Endpoint destination = Lab.at(faulty.address());
            lab.record();
            try (Delivery delivery = lab.begin(destination)) {
                delivery.watch(lab.plan.key());
                List<Outcome> outcomes = lab.execute(1, meeting);
                lab.publish();
                assertThat(outcomes)
                        .hasSize(4)
                        .allSatisfy(
                                outcome -> assertThat(outcome.record().status()).isEqualTo(RunStatus.FINISHED));
                assertThat(asked.getCount()).isZero();
                assertThat(answered.get()).isZero();

                trained.countDown();
                assertThat(delivery.finish(Duration.ofSeconds(60)).problem()).isEmpty();
            }
            assertThat(answered.get()).isPositive();
            StoreOnServer found = StoreOnServer.of(lab, rest);
            assertThat(found.lost()).isEmpty();
            assertThat(found.doubled()).isEmpty();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("training waits for the server");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
