package dev.ablate.worker.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ablate.core.option.Option;
import dev.ablate.core.option.Refused;
import dev.ablate.core.training.Batch;
import dev.ablate.core.training.Initial;
import dev.ablate.core.training.InitialLayer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options records that nest others, and what is written of them. */
class OptionsRecordTest {

    /** Fills in a batch. */
    public record Steps(
            @Option(help = "h", above = 0) double learningRate,
            @Option(help = "h") Optional<Batch> batch) {
        public Steps {
            Refused.Reasons reasons = Refused.reasons();
            reasons.addIf(learningRate > 10, "learning_rate", "too fast");
            reasons.throwIfAny();
            batch = Optional.of(batch.orElse(new Batch.All()));
        }
    }

    public record Start(@Option(help = "h") Optional<List<InitialLayer>> initialLayers, Deeper deeper) {}

    public record Deeper(@Option(help = "h", fallback = "0") int seed) {
        public Deeper {
            Refused.Reasons reasons = Refused.reasons();
            reasons.addIf(seed < 0, "seed", "too small");
            reasons.throwIfAny();
        }
    }

    public record Whole(
            Steps steps,
            @Option(help = "h", fallback = "true") boolean bias,
            Start start,
            @Option(help = "h") Optional<Path> file) {
        public Whole {
            Refused.Reasons reasons = Refused.reasons();
            reasons.addIf(!bias && file.isPresent(), "file", "not without a bias");
            reasons.throwIfAny();
        }
    }

    private static final OptionsRecord WHOLE = new OptionsRecord(Whole.class);

    private static final InitialLayer LAYER =
            new InitialLayer(List.of(List.of(0.1, -1e-300)), Optional.of(List.of(-0.0, 3.0)));

    @Test
    void theOptionsOfANestedRecordStandBesideTheOthers() {
        assertThat(WHOLE.fields())
                .extracting(OptionsRecord.Field::name)
                .containsExactly("learning_rate", "batch", "bias", "initial_layers", "seed", "file");
        assertThat(WHOLE.fields())
                .filteredOn(OptionsRecord.Field::required)
                .extracting(OptionsRecord.Field::name)
                .containsExactly("learning_rate");
    }

    @Test
    void aRecordIsMadeWithThoseThatItNests() {
        assertThat(WHOLE.make(Arrays.asList(0.5, null, true, List.of(LAYER), 7, null)))
                .isEqualTo(new Whole(
                        new Steps(0.5, Optional.of(new Batch.All())),
                        true,
                        new Start(Optional.of(List.of(LAYER)), new Deeper(7)),
                        Optional.empty()));
    }

    @Test
    void whatIsWrittenIsWhatIsUsedAndIsReadBackToTheBit() {
        Whole whole = new Whole(
                new Steps(0.1, Optional.empty()),
                true,
                new Start(Optional.of(List.of(LAYER)), new Deeper(7)),
                Optional.of(Path.of("a", "b")));
        SortedMap<String, Object> written = WHOLE.written(whole);
        assertThat(written)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "learning_rate",
                        0.1,
                        "batch",
                        "all",
                        "bias",
                        true,
                        "initial_layers",
                        List.of(Map.of("weights", List.of(List.of(0.1, -1e-300)), "bias", List.of(-0.0, 3.0))),
                        "seed",
                        7,
                        "file",
                        Path.of("a", "b")));
        assertThat(WHOLE.read(written)).isEqualTo(whole);
    }

    @Test
    void allNestedRecordsRefuseAtOnceAndTheWholeWhereTheyDoNot() {
        assertThat(refused(Arrays.asList(11.0, null, false, null, -1, Path.of("a"))))
                .containsExactly(
                        new Refused.Reason("learning_rate", "too fast"), new Refused.Reason("seed", "too small"));
        assertThat(refused(Arrays.asList(1.0, null, false, null, 0, Path.of("a"))))
                .containsExactly(new Refused.Reason("file", "not without a bias"));
    }

    private static List<Refused.Reason> refused(List<?> values) {
        return catchThrowableOfType(Refused.class, () -> WHOLE.make(values)).all();
    }

    @Test
    void whatIsNotAValueOfItIsReportedAtOnce() {
        assertThatThrownBy(() -> WHOLE.read(Map.of("learning_rate", "fast", "batch", 0, "rate", 1, "seed", 1.5)))
                .isInstanceOf(PluginException.class)
                .hasMessage("the options record " + Whole.class.getName() + " cannot be made:"
                        + " learning_rate must be a number, got 'fast'; batch must be all or at least 1, got 0;"
                        + " bias is missing; seed must be a whole number, got 1.5; there is no option rate");
    }

    public record Alike(@Option(help = "h", fallback = "1") int learningRate, Steps steps) {}

    public record NestsHidden(Hidden hidden) {}

    record Hidden(@Option(help = "h") int rate) {}

    public record Plain(Position position) {}

    public record Position(int x, int y) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Alike | Alike has the option learning_rate twice: as OptionsRecordTest$Alike.learningRate and as OptionsRecordTest$Steps.learningRate",
                "NestsHidden | Hidden is not public",
                "Plain | Plain has the component position, which has no @Option",
            })
    void whatItsAuthorDidWrongIsReported(String type, String message) throws ClassNotFoundException {
        Class<? extends Record> options =
                Class.forName(OptionsRecordTest.class.getName() + "$" + type).asSubclass(Record.class);
        String here = getClass().getPackageName() + ".";
        assertThatThrownBy(() -> new OptionsRecord(options))
                .isInstanceOf(PluginException.class)
                .extracting(e -> String.valueOf(e.getMessage()).replace(here, ""))
                .isEqualTo("the options record OptionsRecordTest$" + message);
    }

    /** Takes no value twice. */
    public record Growing(@Option(help = "h") int rows) {
        public Growing {
            rows++;
        }
    }

    public record Exclusive(
            @Option(help = "h") Optional<Long> epochs,
            @Option(help = "h") Optional<Long> updates) {
        public Exclusive {
            Refused.Reasons reasons = Refused.reasons();
            reasons.addIf(epochs.isPresent() && updates.isPresent(), "updates", "not both");
            reasons.throwIfAny();
            updates = epochs.map(epoch -> 10 * epoch);
        }
    }

    @Test
    void aRecordThatCannotBeMadeAgainOfItsOwnValuesIsNotWritten() {
        assertThatThrownBy(() -> new OptionsRecord(Growing.class).written(new Growing(1)))
                .isInstanceOf(PluginException.class)
                .hasMessage("the options record " + Growing.class.getName()
                        + " is not equal to the one that is made of its own values");
        assertThatThrownBy(() ->
                        new OptionsRecord(Exclusive.class).written(new Exclusive(Optional.of(2L), Optional.empty())))
                .isInstanceOf(PluginException.class)
                .hasMessage("the options record " + Exclusive.class.getName()
                        + " refuses its own values: updates: not both");
    }

    public record Drawn(
            @Option(help = "h", fallback = "[1]", atMost = 5)
            Initial start) {}

    @Test
    void whatARecordFillsInMayBeOutsideOfItsRange() {
        OptionsRecord drawn = new OptionsRecord(Drawn.class);
        Drawn wide = new Drawn(new Initial.Given(List.of(9.0)));
        assertThat(drawn.read(drawn.written(wide))).isEqualTo(wide);
    }
}
