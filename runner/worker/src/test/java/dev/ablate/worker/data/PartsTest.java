package dev.ablate.worker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.core.data.Block;
import dev.ablate.core.data.Column;
import dev.ablate.core.data.Column.Role;
import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Schema;
import dev.ablate.core.training.Decision;
import dev.ablate.worker.context.RunContext;
import dev.ablate.worker.fixture.SmallRun;
import dev.ablate.worker.prepare.RowGroups;
import dev.ablate.worker.spec.ScaleSettings;
import dev.ablate.worker.spec.SplitSettings;
import dev.ablate.worker.spec.SplitSettings.Fold;
import dev.ablate.worker.spec.SplitSettings.Per;
import dev.ablate.worker.spec.SplitSettings.Take;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts beside the test part: to validate on, of whole groups, and folds. */
class PartsTest {

    private static SplitSettings settings(double test, double validation, Take take, boolean stratify) {
        return new SplitSettings(test, validation, take, Per.SEED, stratify, Optional.empty(), Optional.empty());
    }

    private static SplitSettings fold(int number, int of) {
        return new SplitSettings(
                0, 0, Take.RANDOM, Per.SEED, false, Optional.empty(), Optional.of(new Fold(number, of)));
    }

    private static void requireEveryRowOnce(int rows, Split split) {
        assertThat(split.train()).isSorted().isNotEmpty();
        assertThat(split.validation()).isSorted();
        assertThat(split.test()).isSorted().isNotEmpty();
        assertThat(Stream.of(split.train(), split.validation(), split.test())
                        .flatMapToInt(Arrays::stream)
                        .sorted()
                        .boxed())
                .containsExactlyElementsOf(upTo(rows));
    }

    private static List<Integer> upTo(int rows) {
        return IntStream.range(0, rows).boxed().toList();
    }

    @ParameterizedTest
    @EnumSource(Take.class)
    void leavesTheTestPartAsItIsWithoutValidation(Take take) {
        for (int rows = 3; rows < 60; rows++) {
            Split without = Split.of(rows, settings(0.2, 0, take, false), rows);
            Split with = Split.of(rows, settings(0.2, 0.25, take, false), rows);
            assertThat(with.test()).isEqualTo(without.test());
            requireEveryRowOnce(rows, with);
            assertThat(with.validation().length)
                    .isEqualTo(Math.max(1, Math.min(rows - with.test().length - 1, Math.round(rows * 0.25f))));
        }
    }

    @Test
    void validatesOnTheRowsBeforeTheLastOnes() {
        Split split = Split.of(10, settings(0.2, 0.3, Take.LAST, false), 1);
        assertThat(split.train()).containsExactly(0, 1, 2, 3, 4);
        assertThat(split.validation()).containsExactly(5, 6, 7);
        assertThat(split.test()).containsExactly(8, 9);
    }

    @Test
    void drawsTheValidationPartAgainForEverySeed() {
        SplitSettings settings = settings(0.2, 0.2, Take.RANDOM, false);
        assertThat(Split.of(50, settings, 1).validation())
                .isEqualTo(Split.of(50, settings, 1).validation())
                .isNotEqualTo(Split.of(50, settings, 2).validation());
    }

    @Test
    void givesEachClassItsShareOfTheValidationPart() {
        double[] targets = new double[100];
        Arrays.fill(targets, 80, 100, 1);
        for (int seed = 0; seed < 20; seed++) {
            Split split = Split.stratified(targets, settings(0.2, 0.2, Take.RANDOM, true), seed);
            requireEveryRowOnce(100, split);
            assertThat(split.test())
                    .isEqualTo(Split.stratified(targets, settings(0.2, 0, Take.RANDOM, true), seed)
                            .test());
            assertThat(Arrays.stream(split.validation()).filter(row -> row >= 80))
                    .hasSize(4);
        }
    }

    @Test
    void refusesAValidationPartThatLeavesNothing() {
        assertThatThrownBy(() -> Split.of(10, settings(0.9, 0.05, Take.RANDOM, false), 1))
                .hasMessage("a split with a validation part needs at least 3 rows, and of 10 the test part has 9");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 17})
    void holdsEachRowBackInOneFold(int folds) {
        for (int rows = folds; rows < 40; rows++) {
            int[] held = new int[rows];
            for (int number = 1; number <= folds; number++) {
                Split split = Split.of(rows, fold(number, folds), 7);
                requireEveryRowOnce(rows, split);
                Arrays.stream(split.test()).forEach(row -> held[row]++);
                assertThat(split.test().length).isBetween(rows / folds, (rows + folds - 1) / folds);
            }
            assertThat(held).containsOnly(1);
        }
        assertThat(Split.of(40, fold(1, folds), 1).test())
                .isNotEqualTo(Split.of(40, fold(1, folds), 2).test());
    }

    /** What was quoted once must be found again; the rows were computed by a program in another language. */
    @Test
    void drawsTheSameInEveryVersion() {
        assertThat(Split.of(12, fold(1, 3), 7).test()).containsExactly(2, 7, 9, 11);
        assertThat(Split.of(12, fold(2, 3), 7).test()).containsExactly(0, 1, 3, 5);
        assertThat(Split.of(20, settings(0.2, 0.2, Take.RANDOM, false), 7).validation())
                .containsExactly(7, 9, 13, 19);
    }

    @Test
    void dealsTheRowsOfEachClassOut() {
        double[] targets = new double[53];
        Arrays.fill(targets, 40, 53, 1);
        SplitSettings first =
                new SplitSettings(0, 0.2, Take.RANDOM, Per.SEED, true, Optional.empty(), Optional.of(new Fold(1, 5)));
        for (int number = 1; number <= 5; number++) {
            Split split = Split.stratified(targets, first.with(new Fold(number, 5)), 3);
            requireEveryRowOnce(53, split);
            assertThat(Arrays.stream(split.test()).filter(row -> row >= 40).count())
                    .isBetween(2L, 3L);
            assertThat(split.test().length).isBetween(10, 11);
            assertThat(Arrays.stream(split.validation())
                            .filter(row -> row >= 40)
                            .count())
                    .isBetween(2L, 3L);
        }
    }

    // ---- groups

    /** Families of 1 to 6 rows, whose rows stand apart from one another. */
    private static int family(int row) {
        return (row * 7) % 40 % 12;
    }

    private static RunContext ofFamilies(SplitSettings settings, long seed) {
        double[] values = IntStream.range(0, 80)
                .mapToDouble(k -> k % 2 == 0 ? k : family(k / 2))
                .toArray();
        Dataset data = Dataset.regression(
                        Examples.of(List.of("x", "family"), values, new double[40]), "y", Map.of(), "")
                .grouping("family");
        SmallRun run =
                new SmallRun(data, List.of("x"), Optional.of(settings), ScaleSettings.NONE, Decision.DEFAULT, seed);
        return run.run();
    }

    private static SplitSettings grouped(double test, double validation, Optional<Fold> fold) {
        return new SplitSettings(test, validation, Take.RANDOM, Per.SEED, false, Optional.of("family"), fold);
    }

    private static Set<Integer> families(int[] rows) {
        return Arrays.stream(rows).mapToObj(PartsTest::family).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void keepsTheRowsOfAGroupTogether() {
        Set<Set<Integer>> held = new HashSet<>();
        for (int seed = 1; seed <= 30; seed++) {
            Split split = Split.of(ofFamilies(grouped(0.25, 0.25, Optional.empty()), seed));
            requireEveryRowOnce(40, split);
            assertThat(families(split.test()))
                    .doesNotContainAnyElementsOf(families(split.train()))
                    .doesNotContainAnyElementsOf(families(split.validation()));
            assertThat(families(split.validation())).doesNotContainAnyElementsOf(families(split.train()));
            assertThat(split.test().length).isBetween(7, 13);
            assertThat(split.validation().length).isBetween(7, 13);
            held.add(families(split.test()));
        }
        assertThat(held).hasSizeGreaterThan(20);
    }

    @Test
    void cutsWholeGroupsIntoFolds() {
        Map<Integer, Integer> foldOf = new HashMap<>();
        for (int number = 1; number <= 4; number++) {
            int fold = number;
            Split split = Split.of(ofFamilies(grouped(0, 0, Optional.of(new Fold(number, 4))), 5));
            requireEveryRowOnce(40, split);
            families(split.test())
                    .forEach(family -> assertThat(foldOf.put(family, fold)).isNull());
        }
        assertThat(foldOf).hasSize(12);
    }

    @Test
    void takesNoGroupForAFeature() {
        RunContext run = ofFamilies(grouped(0.25, 0, Optional.empty()), 1);
        assertThat(run.dataset().examples().features()).containsExactly("x");
        assertThat(RunData.of(run).train().features()).containsExactly("x");
        assertThat(run.dataset().contentHash())
                .isNotEqualTo(Dataset.regression(run.dataset().examples(), "y", Map.of(), "")
                        .contentHash());
    }

    @Test
    void groupsByCategoriesToo() {
        int[] codes = {0, 1, 1, 2, 0, 2};
        Schema schema = new Schema(
                List.of(
                        Column.numbers("x"),
                        Column.categories("day", List.of("a", "b", "c")),
                        Column.numbers("y").as(Role.TARGET)),
                OptionalLong.of(6),
                "");
        Block rows = new Block() {
            @Override
            public int rows() {
                return 6;
            }

            @Override
            public double number(int column, int row) {
                return row;
            }

            @Override
            public int category(int column, int row) {
                return codes[row];
            }
        };
        Dataset data = Dataset.of(schema, List.of(rows)).grouping("day");
        SplitSettings settings =
                new SplitSettings(0.3, 0, Take.RANDOM, Per.SEED, false, Optional.of("day"), Optional.empty());
        Split split = Split.of(
                new SmallRun(data, List.of("x"), Optional.of(settings), ScaleSettings.NONE, Decision.DEFAULT, 1).run());
        assertThat(split.test()).hasSize(2);
        assertThat(codes[split.test()[0]]).isEqualTo(codes[split.test()[1]]);
        codes[3] = -1;
        assertThatThrownBy(() -> RowGroups.of(data)).hasMessage("row 4 has no group");
    }

    @Test
    void drawsOtherNumbersInEachFold() {
        long plain = new Streams(4).stream("initial").nextLong();
        long one = new Streams(4, Optional.of(new Fold(1, 5))).stream("initial").nextLong();
        long two = new Streams(4, Optional.of(new Fold(2, 5))).stream("initial").nextLong();
        assertThat(Set.of(plain, one, two)).hasSize(3);
        assertThat(new Streams(4, Optional.empty()).stream("initial").nextLong())
                .isEqualTo(plain);
    }
}
