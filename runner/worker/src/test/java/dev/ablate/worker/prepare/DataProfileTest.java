package dev.ablate.worker.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.core.data.Column;
import dev.ablate.core.data.Column.Role;
import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Examples;
import dev.ablate.worker.fixture.Cells;
import dev.ablate.worker.prepare.DataProfile.Profiled;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DataProfileTest {

    @Test
    void countsWhatColumnsHold() {
        DataProfile profile = DataProfile.of(Cells.PASSENGERS);
        assertThat(profile.rows()).isEqualTo(6);
        assertThat(profile.duplicates()).isZero();
        assertThat(profile.contradictory()).isZero();
        Profiled age = profile.columns().get(0);
        assertThat(List.of(age.missing(), age.distinct())).containsExactly(1, 5);
        assertThat(List.of(age.least(), age.greatest())).containsExactly(10.0, 50.0);
        assertThat(age.values()).containsExactly(30.0, 10.0, 20.0);
        Profiled port = profile.columns().get(2);
        assertThat(List.of(port.missing(), port.distinct())).containsExactly(1, 3);
        // S, and then C, which comes before Q in the rows
        assertThat(port.values()).containsExactly(2.0, 0.0, 1.0);
        assertThat(port.counts()).containsExactly(3, 1, 1);
        assertThat(port.least()).isNaN();
        assertThat(profile.columns()).noneMatch(Profiled::looksLikeIdentifier).noneMatch(Profiled::isConstant);
    }

    @Test
    void findsEqualAndContradictoryRowsAndWhatSaysNothing() {
        Dataset data = Cells.of(
                List.of(
                        Column.numbers("size"),
                        Column.categories("name", List.of("a", "b", "c", "d")),
                        Column.categories("shop", List.of("here")),
                        Column.categories("sold", List.of("no", "yes")).as(Role.TARGET)),
                "1,a,here,no",
                "1,b,here,no",
                "1,c,here,yes",
                "2,d,here,yes");
        DataProfile profile = DataProfile.of(data);
        assertThat(profile.columns().get(1).looksLikeIdentifier()).isTrue();
        assertThat(profile.columns().get(2).isConstant()).isTrue();
        assertThat(profile.duplicates() + profile.contradictory()).isZero();
        DataProfile equal = DataProfile.of(
                Cells.of(data.schema().columns(), "1,a,here,no", "1,a,here,no", "1,a,here,yes", "2,d,here,yes"));
        assertThat(equal.duplicates()).isEqualTo(1);
        assertThat(equal.contradictory()).isEqualTo(3);
    }

    @Test
    void takesAColumnThatCountsManyRowsForAnIdentifier() {
        assertThat(counting(20).columns().get(0).looksLikeIdentifier()).isTrue();
        assertThat(counting(19).columns().get(0).looksLikeIdentifier()).isFalse();
    }

    private static DataProfile counting(int rows) {
        double[] numbers = IntStream.range(0, rows).asDoubleStream().toArray();
        return DataProfile.of(Dataset.regression(Examples.of(List.of("id"), numbers, numbers), "y", Map.of(), ""));
    }
}
