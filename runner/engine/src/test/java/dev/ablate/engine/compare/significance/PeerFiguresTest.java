package dev.ablate.engine.compare.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ablate.engine.compare.significance.PairedTest.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What SciPy, baycomp and brute force say of random cases; {@code peers.py} beside the figures has written them. */
class PeerFiguresTest {

    private static final double CLOSE = 1e-9;

    private final JsonObject figures;

    PeerFiguresTest() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                PeerFiguresTest.class.getResourceAsStream("/statistics/peers.json"), "peers.json")) {
            figures = JsonParser.parseString(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .getAsJsonObject();
        }
    }

    @Test
    void rightAndWrongAnswersAreScipysBinomialTest() {
        for (JsonObject peer : cases("answers")) {
            int wins = peer.get("wins").getAsInt();
            int losses = peer.get("losses").getAsInt();
            double[] d = new double[wins + losses + peer.get("ties").getAsInt()];
            Arrays.fill(d, 0, wins, 1);
            Arrays.fill(d, wins, wins + losses, -1);
            assertP(PairedTest.signFlips().test(d).orElseThrow().p(), peer);
        }
    }

    @Test
    void allSignPatternsAreScipysPermutationTest() {
        for (JsonObject peer : cases("flips")) {
            assertP(
                    PairedTest.signFlips()
                            .test(numbers(peer, "differences"))
                            .orElseThrow()
                            .p(),
                    peer);
        }
    }

    @Test
    void manyFewValuesAreCountedAsWholeNumbersCountThem() {
        for (JsonObject peer : cases("ratings")) {
            double[] tenths = Arrays.stream(numbers(peer, "differences"))
                    .map(whole -> (whole + 3) / 10 - 0.3)
                    .toArray();
            assertP(PairedTest.signFlips().test(tenths).orElseThrow().p(), peer);
        }
    }

    @Test
    void clustersAreThoseOfBruteForce() {
        for (JsonObject peer : cases("clusters")) {
            int[] clusters = Arrays.stream(numbers(peer, "clusters"))
                    .mapToInt(number -> (int) number)
                    .toArray();
            Outcome outcome = PairedTest.signFlips(clusters)
                    .test(numbers(peer, "differences"))
                    .orElseThrow();
            assertP(outcome.p(), peer);
            assertThat(outcome.low()).isCloseTo(peer.get("low").getAsDouble(), within(CLOSE));
            assertThat(outcome.high()).isCloseTo(peer.get("high").getAsDouble(), within(CLOSE));
        }
    }

    @Test
    void clustersOfOnePairAreNone() {
        for (JsonObject peer : cases("flips")) {
            double[] d = numbers(peer, "differences");
            assertThat(PairedTest.signFlips(IntStream.range(0, d.length).toArray())
                            .test(d))
                    .isEqualTo(PairedTest.signFlips().test(d));
        }
    }

    @Test
    void studentsTestIsScipys() {
        for (JsonObject peer : cases("student")) {
            Outcome outcome =
                    PairedTest.student().test(numbers(peer, "differences")).orElseThrow();
            assertP(outcome.p(), peer);
            assertThat(outcome.low()).isCloseTo(peer.get("low").getAsDouble(), within(CLOSE));
            assertThat(outcome.high()).isCloseTo(peer.get("high").getAsDouble(), within(CLOSE));
        }
    }

    @Test
    void thePosteriorIsBaycomps() {
        for (JsonObject peer : cases("bayes")) {
            CorrelatedT posterior = CorrelatedT.of(
                            peer.get("ratio").getAsDouble(),
                            peer.get("region").getAsDouble(),
                            numbers(peer, "differences"))
                    .orElseThrow();
            assertThat(posterior.below()).isCloseTo(peer.get("below").getAsDouble(), within(CLOSE));
            assertThat(posterior.within()).isCloseTo(peer.get("within").getAsDouble(), within(CLOSE));
            assertThat(posterior.above()).isCloseTo(peer.get("above").getAsDouble(), within(CLOSE));
        }
    }

    @Test
    void thereIsNoPosteriorOfFewPairsOrWithoutASpread() {
        assertThat(CorrelatedT.of(0, 0.1, 1, 2, 3, 4, 5)).isEmpty();
        assertThat(CorrelatedT.of(0, 0.1, new double[8])).isEmpty();
        assertThat(CorrelatedT.of(0, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1)).isEmpty();
        assertThat(CorrelatedT.of(0, 0.1, 1, 2, 3, 4, 5, 6)).isPresent();
    }

    private static void assertP(double p, JsonObject peer) {
        assertThat(p)
                .as("%s", peer)
                .isCloseTo(
                        peer.get("p").getAsDouble(),
                        within(CLOSE * peer.get("p").getAsDouble() + Double.MIN_NORMAL));
    }

    private List<JsonObject> cases(String name) {
        List<JsonObject> cases = StreamSupport.stream(
                        figures.getAsJsonArray(name).spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .toList();
        assertThat(cases).hasSize(100);
        return cases;
    }

    private static double[] numbers(JsonObject peer, String name) {
        JsonArray array = peer.getAsJsonArray(name);
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonElement::getAsDouble)
                .toArray();
    }
}
