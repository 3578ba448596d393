package dev.ablate.worker.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.core.data.Column;
import dev.ablate.core.data.Column.Role;
import dev.ablate.core.data.DataException;
import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Examples;
import dev.ablate.worker.fixture.Cells;
import dev.ablate.worker.spec.EncodeSettings;
import dev.ablate.worker.spec.EncodeSettings.Coding;
import dev.ablate.worker.spec.MissingSettings;
import dev.ablate.worker.spec.MissingSettings.Categories;
import dev.ablate.worker.spec.MissingSettings.Numbers;
import dev.ablate.worker.spec.PrepareSettings;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PreparationTest {

    private static final Dataset PASSENGERS = OpenedData.read(Cells.PASSENGERS);
    private static final List<String> ALL = List.of("age", "class", "port");
    private static final MissingSettings FILLED = new MissingSettings(Numbers.MEDIAN, false, Categories.OWN);

    private static PrepareSettings settings(MissingSettings missing) {
        return new PrepareSettings(missing, EncodeSettings.REFERENCE);
    }

    private static PrepareSettings settings(Numbers numbers, Categories categories) {
        return settings(new MissingSettings(numbers, false, categories));
    }

    private static EncodeSettings encode(Coding coding) {
        return new EncodeSettings(coding, false, Map.of(), 0, Map.of());
    }

    private static Preparation prepared(PrepareSettings settings) {
        return Preparation.of(PASSENGERS, ALL, settings);
    }

    private static double[] column(Preparation preparation, String name) {
        double[] values = new double[preparation.dataset().examples().size()];
        preparation.dataset().examples().rows().copyColumn(preparation.columns().indexOf(name), 0, values);
        return values;
    }

    @Test
    void codesCategoriesAgainstTheFirstAndFillsInTheMedian() {
        Preparation preparation = prepared(settings(FILLED));
        assertThat(preparation.columns())
                .containsExactly("age", "class=2", "class=3", "port=Q", "port=S", "port=missing");
        // the median of 10, 20, 30, 40 and 50
        assertThat(preparation.dataset().examples())
                .isEqualTo(Examples.of(
                        preparation.columns(),
                        new double[] {
                            30, 0, 1, 0, 1, 0, //
                            10, 0, 0, 0, 0, 1, //
                            30, 0, 1, 0, 1, 0, //
                            20, 1, 0, 0, 0, 0, //
                            50, 0, 1, 0, 1, 0, //
                            40, 0, 0, 1, 0, 0
                        },
                        new double[] {0, 1, 0, 1, 0, 1}));
        assertThat(preparation.dataset().classes()).containsExactly("no", "yes");
        assertThat(preparation.dataset().units()).containsExactly(Map.entry("age", "years"));
        assertThat(preparation.dataset().source()).isEqualTo("people");
        assertThat(preparation.kept()).isEmpty();
    }

    @Test
    void fillsInWhatTheTrainingPartHas() {
        int[] train = {0, 3, 4};
        assertThat(age(Numbers.MEDIAN, train)).isEqualTo(30);
        assertThat(age(Numbers.MEDIAN, 0, 3)).isEqualTo(25);
        assertThat(age(Numbers.MEAN, 0, 1, 2, 5)).isEqualTo(80.0 / 3);
        assertThat(age(Numbers.ZERO, train)).isZero();
        // no row has an age
        assertThat(age(Numbers.MEAN, 2)).isZero();
    }

    private static double age(Numbers how, int... train) {
        return prepared(settings(how, Categories.OWN))
                .fit(train)
                .orElseThrow()
                .filled(2)
                .value(0, 0);
    }

    @Test
    void saysWhichNumbersWereMissing() {
        Preparation preparation = prepared(settings(new MissingSettings(Numbers.ZERO, true, Categories.MOST)));
        assertThat(preparation.columns())
                .startsWith("age", "age missing", "class=2")
                .doesNotContain("port=missing");
        assertThat(column(preparation, "age")).containsExactly(30, 10, 0, 20, 50, 40);
        assertThat(column(preparation, "age missing")).containsExactly(0, 0, 1, 0, 0, 0);
        // S is the port of three of five
        assertThat(column(preparation, "port=S")).containsExactly(1, 1, 1, 0, 1, 0);
        // and of the last two rows neither is more frequent: Q comes before S
        assertThat(preparation.fit(4, 5).orElseThrow().filled(1).row(0)).containsExactly(10, 0, 0, 0, 1, 0);
    }

    @Test
    void leavesRowsOut() {
        Preparation preparation = prepared(settings(Numbers.DROP, Categories.DROP));
        assertThat(preparation.kept())
                .hasValueSatisfying(rows -> assertThat(rows).containsExactly(0, 3, 4, 5));
        assertThat(preparation.dataset().examples().targets()).containsExactly(0, 1, 0, 1);
        assertThat(column(preparation, "age")).containsExactly(30, 20, 50, 40);
        assertThat(prepared(settings(Numbers.DROP, Categories.OWN)).kept())
                .hasValueSatisfying(rows -> assertThat(rows).containsExactly(0, 1, 3, 4, 5));
        // a column that is not used misses nothing
        assertThat(Preparation.of(PASSENGERS, List.of("class"), PrepareSettings.DEFAULT)
                        .dataset()
                        .examples()
                        .size())
                .isEqualTo(6);
    }

    @Test
    void codesCategoriesAsIsAskedFor() {
        assertThat(prepared(new PrepareSettings(FILLED, encode(Coding.ONE_HOT))).columns())
                .containsExactly("age", "class=1", "class=2", "class=3", "port=C", "port=Q", "port=S", "port=missing");
        EncodeSettings most = new EncodeSettings(Coding.REFERENCE, true, Map.of("class", "2"), 0, Map.of());
        assertThat(prepared(new PrepareSettings(FILLED, most)).columns())
                .containsExactly("age", "class=1", "class=3", "port=C", "port=Q", "port=missing");
        EncodeSettings rare = new EncodeSettings(Coding.REFERENCE, false, Map.of(), 0.3, Map.of());
        Preparation gathered = prepared(new PrepareSettings(FILLED, rare));
        // one of six rows has class 2, C or Q
        assertThat(gathered.columns()).containsExactly("age", "class=3", "class=rare", "port=rare", "port=missing");
        assertThat(column(gathered, "port=rare")).containsExactly(0, 0, 0, 1, 0, 1);
        EncodeSettings ordinal = new EncodeSettings(
                Coding.ORDINAL,
                false,
                Map.of(),
                0,
                Map.of("class", List.of("3", "2", "1"), "port", List.of("S", "Q", "C")));
        Preparation ranked =
                prepared(new PrepareSettings(new MissingSettings(Numbers.MEAN, false, Categories.MOST), ordinal));
        assertThat(ranked.columns()).containsExactly("age", "class", "port");
        assertThat(column(ranked, "class")).containsExactly(0, 2, 0, 1, 0, 2);
        assertThat(column(ranked, "port")).containsExactly(0, 0, 0, 2, 0, 1);
    }

    @Test
    void encodesWhatIsNotTrainedOnAsNoneOfTheCategories() {
        Preparation preparation = prepared(new PrepareSettings(FILLED, encode(Coding.ONE_HOT)));
        Fitted fitted = preparation.fit(0, 2, 4).orElseThrow();
        assertThat(fitted.filled(3, 5).toArray()).containsExactly(20, 0, 0, 0, 0, 0, 0, 0, 40, 0, 0, 0, 0, 0, 0, 0);
        assertThat(fitted.unmet(1, 3, 5))
                .containsExactly(
                        new Fitted.Unmet("class=1", 2),
                        new Fitted.Unmet("class=2", 1),
                        new Fitted.Unmet("port=C", 1),
                        new Fitted.Unmet("port=Q", 1),
                        new Fitted.Unmet("port=missing", 1));
        assertThat(fitted.unmet(0, 2)).isEmpty();
        // the reference is none of the others in any case, and counted too
        assertThat(prepared(settings(FILLED)).fit(0, 2, 4).orElseThrow().unmet(3))
                .contains(new Fitted.Unmet("port=C", 1));
    }

    @Test
    void givesAModelWhatEncodesRowsLikewise() {
        for (Coding coding : List.of(Coding.REFERENCE, Coding.ONE_HOT)) {
            for (Categories categories : List.of(Categories.OWN, Categories.MOST)) {
                Preparation preparation = prepared(
                        new PrepareSettings(new MissingSettings(Numbers.MEAN, true, categories), encode(coding)));
                Fitted fitted = preparation.fit(0, 1, 4).orElseThrow();
                RowEncoding encoding = fitted.encoding();
                assertThat(encoding.inputs())
                        .extracting(RowEncoding.Input::name)
                        .isEqualTo(ALL);
                double nan = Double.NaN;
                assertThat(encoding.of(List.of(30.0, 2.0, 2.0)))
                        .containsExactly(fitted.filled(0).row(0));
                assertThat(encoding.of(List.of(10.0, 0.0, nan)))
                        .containsExactly(fitted.filled(1).row(0));
                assertThat(encoding.of(List.of(nan, 2.0, 2.0)))
                        .containsExactly(fitted.filled(2).row(0));
                assertThat(encoding.of(List.of(20.0, 1.0, 0.0)))
                        .containsExactly(fitted.filled(3).row(0));
                assertThatThrownBy(() -> encoding.of(List.of(20.0, nan, 0.0)))
                        .hasMessage("'class': a value is missing, and the model fills in none");
            }
        }
    }

    @Test
    void refusesWhatNothingIsSaidOf() {
        assertThat(Preparation.refusals(PASSENGERS, ALL, PrepareSettings.DEFAULT))
                .extracting(Refusal::what)
                .containsExactly(
                        "'age' has no value in 1 of 6 rows, the first is people.csv:4:1",
                        "'port' has no value in 1 of 6 rows, the first is people.csv:3:3");
        assertThatThrownBy(() -> prepared(PrepareSettings.DEFAULT))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("'age' has no value in 1 of 6 rows");
        assertThat(refusals(new EncodeSettings(Coding.REFERENCE, false, Map.of("port", "X"), 0, Map.of())))
                .containsExactly("'port' has no row with X");
        assertThat(refusals(encode(Coding.ORDINAL)))
                .containsExactly(
                        "data.encode.categories: ordinal needs the order of 'class'",
                        "a missing category has no place in the order of 'port'",
                        "data.encode.categories: ordinal needs the order of 'port'");
        Map<String, List<String>> order = Map.of("class", List.of("1", "2"), "port", List.of("C", "Q", "S"));
        assertThat(refusals(new EncodeSettings(Coding.ORDINAL, false, Map.of(), 0, order)))
                .containsExactly(
                        "data.encode.order has no place for 3 of 'class'",
                        "a missing category has no place in the order of 'port'");
    }

    @Test
    void refusesAColumnForEachOfVeryManyCategories() {
        List<String> names = IntStream.range(0, 5_000).mapToObj(k -> "n" + k).toList();
        Dataset data = Cells.of(
                List.of(
                        Column.categories("name", names),
                        Column.categories("survived", List.of("no", "yes")).as(Role.TARGET)),
                names.stream().map(name -> name + ",no").toArray(String[]::new));
        assertThat(Preparation.refusals(data, List.of("name"), PrepareSettings.DEFAULT))
                .singleElement()
                .extracting(Refusal::what)
                .isEqualTo("'name' has 5,000 categories, and a column each: more than 1,000 are not learned from");
    }

    private static List<String> refusals(EncodeSettings encode) {
        return Preparation.refusals(PASSENGERS, ALL, new PrepareSettings(FILLED, encode)).stream()
                .map(Refusal::what)
                .toList();
    }

    @Test
    void refusesDataThatLeaveNothingToLearn() {
        Column answer = Column.numbers("answer").as(Role.TARGET);
        Dataset data = OpenedData.read(Cells.of(
                List.of(Column.categories("same", List.of("x")), Column.numbers("none"), answer), "x,,1", "x,,"));
        assertThat(Preparation.refusals(data, List.of("same", "none"), settings(FILLED)))
                .extracting(Refusal::what)
                .containsExactly(
                        "'answer' has no value in 1 of 2 rows, the first is people.csv:3:3",
                        "'none' has no value in any row");
        assertThat(Preparation.refusals(
                        OpenedData.read(Cells.of(List.of(Column.categories("same", List.of("x")), answer), "x,1")),
                        List.of("same"),
                        settings(FILLED)))
                .extracting(Refusal::what)
                .containsExactly("the features have one category each, so that no column is left to learn from");
        assertThat(Preparation.refusals(
                        OpenedData.read(Cells.of(
                                List.of(Column.categories("a", List.of("x", "y")), Column.numbers("a=y"), answer),
                                "x,1,1",
                                "y,1,1")),
                        List.of("a", "a=y"),
                        settings(FILLED)))
                .extracting(Refusal::what)
                .containsExactly("two prepared columns would be called 'a=y'");
    }

    @Test
    void saysWhatItDoes() {
        assertThat(prepared(settings(new MissingSettings(Numbers.MEDIAN, true, Categories.OWN)))
                        .notes())
                .containsExactly(
                        "missing numbers become the median of the training rows: age (1 of 6 rows, 30 over all rows);"
                                + " a column beside each says where one was missing",
                        "missing categories are a category of their own: port (1 of 6 rows)",
                        "each category but a reference is a column of 0 and 1; the references are class=1, port=C");
        assertThat(prepared(new PrepareSettings(
                                new MissingSettings(Numbers.DROP, false, Categories.MOST),
                                new EncodeSettings(Coding.ONE_HOT, false, Map.of(), 0.3, Map.of())))
                        .notes())
                .containsExactly(
                        "1 of 6 rows are left out, as they have no value of age",
                        "missing categories become the most frequent one of the training rows: port (1 of 6 rows)",
                        "rare categories are gathered into one: 1 of class, 2 of port",
                        "each category is a column of 0 and 1: class, port");
    }

    @Test
    void leavesExamplesAlone() {
        Dataset numbers = OpenedData.read(
                Cells.of(List.of(Column.numbers("x"), Column.numbers("y").as(Role.TARGET)), "1,2", "3,4"));
        Preparation preparation = Preparation.of(numbers, List.of("x"), settings(FILLED));
        assertThat(preparation.dataset()).isSameAs(numbers);
        assertThat(preparation.isOfExamples()).isTrue();
        assertThat(preparation.fit(0)).isEmpty();
        assertThat(preparation.notes()).isEmpty();
    }

    @Test
    void refusesDataWithoutATask() {
        assertThatThrownBy(() -> OpenedData.read(Cells.of(List.of(Column.numbers("x")), "1")))
                .isInstanceOf(DataException.class)
                .hasMessage("the data have no column to learn");
        assertThatThrownBy(() -> OpenedData.read(Cells.of(
                        List.of(
                                Column.numbers("x"),
                                Column.categories("c", List.of("a")),
                                Column.numbers("y").as(Role.TARGET)),
                        "Infinity,a,1")))
                .isInstanceOf(DataException.class)
                .hasMessage("has a number that is not finite")
                .extracting(e -> ((DataException) e).place())
                .isEqualTo("people.csv:2:1");
    }
}
