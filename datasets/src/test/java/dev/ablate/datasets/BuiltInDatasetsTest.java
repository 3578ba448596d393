package dev.ablate.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import dev.ablate.core.data.Contradictions;
import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.DatasetSource;
import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Task;
import dev.ablate.core.option.NoOptions;
import dev.ablate.core.plugin.PluginContract;
import dev.ablate.core.plugin.PluginEntry;
import dev.ablate.core.plugin.PluginModule;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BuiltInDatasetsTest extends PluginContract {

    private final Injector injector = Guice.createInjector(new BuiltInDatasets());

    @Override
    protected PluginModule module() {
        return new BuiltInDatasets();
    }

    @Test
    void bringsPublishedOnesAndTables() {
        assertThat(datasets().keySet())
                .containsExactlyInAnyOrder(
                        "or-gate",
                        "and-gate",
                        "nand-gate",
                        "xor-gate",
                        "virus-symptoms",
                        "doubling",
                        "line",
                        "points",
                        "house-price",
                        "none",
                        "table");
    }

    @ParameterizedTest
    @CsvSource({"or-gate, 0, 1, 1, 1", "and-gate, 0, 0, 0, 1", "nand-gate, 1, 1, 1, 0", "xor-gate, 0, 1, 1, 0"})
    void knowsTheTruthTables(String name, double of00, double of01, double of10, double of11) {
        Dataset gate = open(name);
        assertThat(gate.examples())
                .isEqualTo(Examples.of(
                        List.of("x1", "x2"), new double[] {0, 0, 0, 1, 1, 0, 1, 1}, new double[] {of00, of01, of10, of11
                        }));
        assertThat(gate.task()).isEqualTo(Task.BINARY_CLASSIFICATION);
        assertThat(gate.target()).isEqualTo("y");
    }

    @Test
    void knowsThePeopleWithVirusSymptoms() {
        Dataset virus = open("virus-symptoms");
        Examples people = virus.examples();
        assertThat(people.features()).containsExactly("loss_of_smell", "weight_loss", "runny_nose", "body_pain");
        List<String> rows = List.of("1001", "1000", "0011", "0100", "1100", "0011", "0001", "0010");
        assertThat(people.size()).isEqualTo(8);
        for (int row = 0; row < 8; row++) {
            assertThat(people.row(row))
                    .containsExactly(rows.get(row)
                            .chars()
                            .mapToDouble(digit -> digit - '0')
                            .toArray());
        }
        assertThat(people.targets()).containsExactly(1, 1, 0, 0, 1, 1, 0, 0);
        assertThat(virus.task()).isEqualTo(Task.BINARY_CLASSIFICATION);
    }

    @Test
    void containsTwoPeopleWithOneSetOfSymptomsAndTwoAnswers() {
        Dataset virus = open("virus-symptoms");
        Contradictions found = Contradictions.in(virus.examples(), virus.task());
        assertThat(found.rows()).containsExactly(2, 5);
        assertThat(found.mostRight()).hasValue(7);
        assertThat(found.bestAccuracy()).hasValue(7.0 / 8);
    }

    @Test
    void citesWhoPublishedThem() {
        Set<PluginEntry> entries = injector.getInstance(Key.get(new TypeLiteral<Set<PluginEntry>>() {}));
        for (PluginEntry entry : entries) {
            if (!Set.of("none", "table").contains(entry.name())) {
                assertThat(entry.source()).as(entry.name()).isNotBlank();
            }
            if (entry.options() == NoOptions.class) {
                assertThat(entry.source()).isEqualTo(open(entry.name()).source());
            }
        }
    }

    private Dataset open(String name) {
        // asked of datasets without options alone
        @SuppressWarnings("unchecked")
        DatasetSource<NoOptions> source =
                (DatasetSource<NoOptions>) Objects.requireNonNull(datasets().get(name), name);
        return source.open(new NoOptions());
    }

    private Map<String, DatasetSource<?>> datasets() {
        return injector.getInstance(Key.get(new TypeLiteral<Map<String, DatasetSource<?>>>() {}));
    }
}
