package dev.ablate.worker.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.core.data.Block;
import dev.ablate.core.data.Column;
import dev.ablate.core.data.Column.Role;
import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Schema;
import dev.ablate.core.training.Decision;
import dev.ablate.worker.data.RunData;
import dev.ablate.worker.fixture.SmallRun;
import dev.ablate.worker.spec.ScaleSettings;
import dev.ablate.worker.spec.SplitSettings;
import dev.ablate.worker.spec.SplitSettings.Per;
import dev.ablate.worker.spec.SplitSettings.Take;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A test part in a file of its own, whose columns are in another order and whose categories are others. */
class JoinedRowsTest {

    /** Rows of a colour, a number and a class, each by its column. */
    private static Dataset data(List<Column> columns, double[]... rows) {
        Block block = new Block() {
            @Override
            public int rows() {
                return rows.length;
            }

            @Override
            public double number(int column, int row) {
                return rows[row][column];
            }

            @Override
            public int category(int column, int row) {
                return (int) rows[row][column];
            }
        };
        return OpenedData.read(Dataset.of(new Schema(columns, OptionalLong.of(rows.length), "here"), List.of(block)));
    }

    private static final Dataset TRAINED = data(
            List.of(
                    Column.categories("colour", List.of("blue", "red")),
                    Column.numbers("x"),
                    Column.categories("y", List.of("no", "yes")).as(Role.TARGET)),
            new double[] {0, 1, 0},
            new double[] {1, 2, 1},
            new double[] {1, 3, 0},
            new double[] {0, 4, 1});

    private static final Dataset HELD = data(
            List.of(
                    Column.categories("y", List.of("yes", "no")).as(Role.TARGET),
                    Column.numbers("x"),
                    Column.categories("colour", List.of("green", "red"))),
            new double[] {0, 7, 0},
            new double[] {1, 8, 1});

    private static final Dataset JOINED = JoinedRows.of(TRAINED, HELD);

    private static RunData run(double validation) {
        SplitSettings split = new SplitSettings(
                0,
                validation,
                Take.RANDOM,
                Per.SEED,
                false,
                Optional.empty(),
                JoinedRows.heldHash(JOINED),
                Optional.empty());
        return RunData.of(new SmallRun(
                        JOINED, List.of("colour", "x"), Optional.of(split), ScaleSettings.NONE, Decision.DEFAULT, 1)
                .run());
    }

    @Test
    void isTheTestPartAndNothingElse() {
        RunData data = run(0);
        assertThat(data.trainRows()).containsExactly(0, 1, 2, 3);
        assertThat(data.testRows()).containsExactly(4, 5);
        assertThat(data.drawn()).isFalse();
        assertThat(data.test().orElseThrow().targets()).containsExactly(1, 0);
        RunData validated = run(0.25);
        assertThat(validated.testRows()).containsExactly(4, 5);
        assertThat(validated.validationRows()).hasSize(1).doesNotContain(4, 5);
        assertThat(validated.drawn()).isTrue();
    }

    @Test
    void isCodedAsTheRowsThatAreTrainedOn() {
        RunData data = run(0);
        assertThat(data.train().features()).containsExactly("colour=red", "x");
        assertThat(data.test().orElseThrow().row(0)).containsExactly(0, 7);
        assertThat(data.test().orElseThrow().row(1)).containsExactly(1, 8);
        assertThat(data.unmet()).containsExactly(new Fitted.Unmet("colour=green", 1));
    }

    @Test
    void countsForTheHash() {
        assertThat(JOINED.contentHash())
                .isNotEqualTo(TRAINED.contentHash())
                .isNotEqualTo(JoinedRows.of(TRAINED, TRAINED).contentHash());
        assertThat(JoinedRows.first(JOINED.from("there").remarking(List.of("so"))))
                .hasValue(4);
    }
}
