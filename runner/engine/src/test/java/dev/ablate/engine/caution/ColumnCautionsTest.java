package dev.ablate.engine.caution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.core.data.Block;
import dev.ablate.core.data.Column;
import dev.ablate.core.data.Column.Role;
import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Schema;
import dev.ablate.core.training.Activation;
import dev.ablate.engine.caution.PartCautions.Caution;
import dev.ablate.engine.fixture.ChangedRun;
import dev.ablate.engine.fixture.Descent;
import dev.ablate.engine.fixture.SmallPlans;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.worker.spec.ScaleSettings.Method;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ColumnCautionsTest {

    private static final int ROWS = 30;

    private static final Descent TRAINER = Descent.of(new Descent.Options(Activation.SIGMOID, 0.1, 10, true, true));

    private static final Column SOLD =
            Column.categories("sold", List.of("no", "yes")).as(Role.TARGET);

    /** A feature, and its number or the index of its category by row. */
    private record Feature(Column column, IntToDoubleFunction value) {}

    private static Feature numbers(String name, IntToDoubleFunction value) {
        return new Feature(Column.numbers(name), value);
    }

    private static Feature categories(String name, int count, IntToDoubleFunction value) {
        return new Feature(
                Column.categories(
                        name, IntStream.range(0, count).mapToObj(k -> "c" + k).toList()),
                value);
    }

    /** Rows of whom every third is sold. */
    private record Rows(List<Feature> features) implements Block {

        @Override
        public int rows() {
            return ROWS;
        }

        @Override
        public double number(int column, int row) {
            return features.get(column).value().applyAsDouble(row);
        }

        @Override
        public int category(int column, int row) {
            return column == features.size()
                    ? row % 3 == 0 ? 1 : 0
                    : (int) features.get(column).value().applyAsDouble(row);
        }
    }

    private static final Feature USUAL = numbers("usual", row -> Math.sin(row));

    private static List<PlannedRun> runs(Feature... features) {
        return runs(List.of(), features);
    }

    private static List<PlannedRun> runs(List<String> remarks, Feature... features) {
        List<Feature> all = List.of(features);
        List<Column> columns = Stream.concat(all.stream().map(Feature::column), Stream.of(SOLD))
                .toList();
        Dataset data = Dataset.of(new Schema(columns, OptionalLong.of(ROWS), ""), List.of(new Rows(all)))
                .remarking(remarks);
        return List.of(
                new ChangedRun(SmallPlans.run("bias", 1, TRAINER)).on(data).run());
    }

    private static List<String> cautions(Feature... features) {
        return ColumnCautions.of(runs(features), false).stream()
                .map(Caution::what)
                .toList();
    }

    @Test
    void nameConstants() {
        assertThat(cautions(USUAL, numbers("one", row -> 1), categories("c", 1, row -> 0)))
                .containsExactly("'one', 'c' are the same in all 30 rows, so that nothing can be learned from them");
        assertThat(ColumnCautions.of(runs(USUAL, numbers("one", row -> 1)), false))
                .containsExactly(new Caution(
                        "'one' is the same in all 30 rows, so that nothing can be learned from it",
                        "give a table's ignore: [one], or name the other features under data.features"));
        assertThat(cautions(numbers("nearly", row -> row == 29 ? 2 : 1))).isEmpty();
    }

    @Test
    void nameIdentifiers() {
        assertThat(cautions(
                        USUAL, numbers("id", row -> 1000 + (row * 7) % ROWS), categories("name", 20, row -> row % 20)))
                .containsExactly(
                        "'id' looks like an identifier: it numbers the rows",
                        "'name' looks like an identifier: 30 rows have 20 categories");
        // one number twice; categories of two rows each; and a column alone, of which there is nothing else to learn
        assertThat(cautions(USUAL, numbers("age", row -> row == 5 ? 6 : row), categories("town", 14, row -> row % 14)))
                .isEmpty();
        assertThat(cautions(numbers("x", row -> row))).isEmpty();
    }

    @Test
    void areNotSaidTwiceWhereTheDataRemarkAsMuch() {
        List<PlannedRun> runs = runs(
                List.of("name is different in every row"),
                USUAL,
                categories("name", 20, row -> row % 20),
                categories("town", 20, row -> row % 20));
        assertThat(ColumnCautions.of(runs, true))
                .extracting(Caution::what)
                .containsExactly("'town' looks like an identifier: 30 rows have 20 categories");
        assertThat(ColumnCautions.of(runs, false)).hasSize(2);
    }

    @Test
    void nameWhatIsTheTargetByAnotherName() {
        assertThat(cautions(
                        USUAL, numbers("paid", row -> row % 3 == 0 ? 7 : 0), categories("status", 3, row -> row % 3)))
                .containsExactly(
                        "'paid' alone gives the sold of every row: is it known before sold is?",
                        "'status' alone gives the sold of every row: is it known before sold is?");
        assertThat(cautions(
                        USUAL,
                        numbers("nearly", row -> row % 3 == 0 && row > 0 ? 7 : 0),
                        categories("half", 2, row -> row % 2)))
                .isEmpty();
    }

    @Test
    void nameColumnsThatSpreadMuchFarther() {
        List<PlannedRun> wide = runs(USUAL, numbers("income", row -> 1000 * Math.sin(row)));
        assertThat(SpreadCautions.of(wide))
                .containsExactly(new Caution(
                        "'income' spreads 1000 times as far as 'usual', and nothing scales them: a learning rate that fits"
                                + " the one is too large or too small for the other",
                        "write data: { scale: { features: standard } }"));
        assertThat(SpreadCautions.of(List.of(new ChangedRun(wide.get(0))
                        .scale(Method.STANDARD, Method.NONE)
                        .run())))
                .isEmpty();
        assertThat(SpreadCautions.of(runs(USUAL, numbers("income", row -> 99 * Math.sin(row)))))
                .isEmpty();
        assertThat(SpreadCautions.of(runs(numbers("income", row -> 1000 * Math.sin(row)), numbers("one", row -> 1))))
                .isEmpty();
    }
}
