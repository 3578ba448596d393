package dev.ablate.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ablate.core.data.Examples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class BatchesTest {

    private static final Batch ALL = new Batch.All();

    @Test
    void takesRowsAsGivenWithAShorterBatchAtTheEndOfAnEpoch() {
        assertEquals(
                List.of(List.of(0, 1), List.of(2, 3), List.of(4), List.of(0, 1), List.of(2, 3)),
                next(5, new Batches(new Batch.Rows(2), Order.AS_GIVEN, training(5))));
    }

    @Test
    void takesAllRowsAtOnce() {
        List<Integer> all = List.of(0, 1, 2, 3, 4);
        assertEquals(List.of(all, all), next(2, new Batches(ALL, Order.AS_GIVEN, training(5))));
        assertEquals(List.of(all, all), next(2, new Batches(new Batch.Rows(99), Order.AS_GIVEN, training(5))));
    }

    @ParameterizedTest
    @EnumSource
    void showsTheRowsOfTheEpochsFurtherBatches(Order order) {
        Batches batches = new Batches(new Batch.Rows(2), order, training(7));
        for (int epoch = 0; epoch < 3; epoch++) {
            batches.next();
            assertEquals(7, batches.remaining());
            List<Integer> coming = IntStream.range(0, 7).mapToObj(batches::row).toList();
            for (int passed = 2; passed < 7; passed += 2) {
                batches.next();
                assertEquals(7 - passed, batches.remaining());
                for (int k = 0; k < batches.remaining(); k++) {
                    assertEquals(coming.get(passed + k), batches.row(k));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"8, 1, 8", "8, 3, 3", "9, 3, 3", "10, 3, 4", "1, 1, 1", "4, 9, 1"})
    void countsTheUpdatesOfAnEpoch(int rows, int batch, int updates) {
        Batches batches = new Batches(new Batch.Rows(batch), Order.AS_GIVEN, training(rows));
        assertEquals(updates, batches.perEpoch());
        assertEquals(1_000_000_000_000L * updates, batches.updatesIn(1_000_000_000_000L));
        assertEquals(0, batches.updatesIn(0));
    }

    @Test
    void countsMoreUpdatesThanALongHoldsAsTheMostItHolds() {
        Batches batches = new Batches(new Batch.Rows(1), Order.AS_GIVEN, training(3));
        assertEquals(Long.MAX_VALUE, batches.updatesIn(Long.MAX_VALUE / 2));
        assertEquals(Long.MAX_VALUE / 3 * 3, batches.updatesIn(Long.MAX_VALUE / 3));
    }

    @Test
    void shufflesEveryEpochAgainAndTakesEachRowOnce() {
        Batches batches = new Batches(new Batch.Rows(3), Order.SHUFFLED, training(20));
        Set<List<Integer>> orders = new HashSet<>();
        for (int epoch = 0; epoch < 50; epoch++) {
            List<Integer> order = flat(next(batches.perEpoch(), batches));
            orders.add(order);
            List<Integer> sorted = new ArrayList<>(order);
            Collections.sort(sorted);
            assertEquals(IntStream.range(0, 20).boxed().toList(), sorted);
        }
        assertEquals(50, orders.size());
    }

    @Test
    void shufflesIntoEveryOrderEquallyOften() {
        Batches batches = new Batches(new Batch.Rows(1), Order.SHUFFLED, training(3));
        List<List<Integer>> orders = new ArrayList<>();
        for (int epoch = 0; epoch < 60_000; epoch++) {
            orders.add(flat(next(3, batches)));
        }
        for (List<Integer> order : new HashSet<>(orders)) {
            // 10,000 expected, sd 91
            assertEquals(10_000, Collections.frequency(orders, order), 450, () -> "of " + order);
        }
        assertEquals(6, new HashSet<>(orders).size());
    }

    @Test
    void drawsRowsAgainWithReplacement() {
        Batches batches = new Batches(new Batch.Rows(2), Order.WITH_REPLACEMENT, training(5));
        List<List<Integer>> drawn = next(30_000, batches);
        List<Integer> rows = flat(drawn);
        assertEquals(
                List.of(2, 2, 1), drawn.subList(0, 3).stream().map(List::size).toList());
        for (int row = 0; row < 5; row++) {
            // 10,000 expected, sd 89
            assertEquals(10_000, Collections.frequency(rows, row), 450);
        }
        assertNotEquals(
                rows.subList(0, 5).stream().sorted().toList(),
                IntStream.range(0, 5).boxed().toList());
    }

    @ParameterizedTest
    @EnumSource
    void asksForChanceOnlyWhenItDraws(Order order) {
        RecordedTraining training = training(5);
        Batches batches = new Batches(new Batch.Rows(2), order, training);
        assertEquals(Set.of(), training.streams(), "nothing is drawn yet");
        batches.next();
        assertEquals(order == Order.AS_GIVEN ? Set.of() : Set.of("shuffle"), training.streams());
    }

    @Test
    void doesNotShuffleABatchOfAllRows() {
        RecordedTraining training = training(5);
        assertEquals(List.of(0, 1, 2, 3, 4), flat(next(1, new Batches(ALL, Order.SHUFFLED, training))));
        assertEquals(Set.of(), training.streams());
    }

    @Test
    void refusesABatchWithoutARow() {
        assertThrows(IllegalArgumentException.class, () -> new Batch.Rows(0));
    }

    private static RecordedTraining training(int rows) {
        return new RecordedTraining(Examples.of(List.of("x"), new double[rows], new double[rows]), 7);
    }

    private static List<List<Integer>> next(int updates, Batches batches) {
        List<List<Integer>> found = new ArrayList<>();
        for (int update = 0; update < updates; update++) {
            batches.next();
            found.add(IntStream.range(0, batches.size()).mapToObj(batches::row).toList());
        }
        return found;
    }

    private static List<Integer> flat(List<List<Integer>> batches) {
        return batches.stream().flatMap(List::stream).toList();
    }
}
