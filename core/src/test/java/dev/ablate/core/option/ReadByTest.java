package dev.ablate.core.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A value class of a stranger is an option's type as any other. */
class ReadByTest {

    /** So many in an hour. */
    @ReadBy(RateType.class)
    record Rate(double perHour) {}

    static final class RateType implements OptionType<Rate> {
        @Override
        public String words() {
            return "{ per_hour: number }";
        }

        @Override
        public String plural() {
            return "rates";
        }

        @Override
        public Optional<Rate> read(OptionValue value) {
            return value.entries(List.of("per_hour"), List.of("note"))
                    .flatMap(entries -> Optional.ofNullable(entries.get("per_hour")))
                    .flatMap(OptionValue::number)
                    .map(Rate::new);
        }

        @Override
        public Object write(Rate rate) {
            return Map.of("per_hour", rate.perHour());
        }
    }

    /** Not by the words of an enum. */
    @ReadBy(SpeedType.class)
    enum Speed {
        SLOW
    }

    static final class SpeedType implements OptionType<Speed> {
        @Override
        public String words() {
            return "how fast";
        }

        @Override
        public Optional<Speed> read(OptionValue value) {
            return Optional.of(Speed.SLOW);
        }

        @Override
        public Object write(Speed speed) {
            return 1;
        }
    }

    @ReadBy(NeedyType.class)
    record Needy() {}

    static final class NeedyType implements OptionType<Needy> {
        private final String need;

        NeedyType(String need) {
            this.need = need;
        }

        @Override
        public String words() {
            return need;
        }

        @Override
        public Optional<Needy> read(OptionValue value) {
            return Optional.empty();
        }

        @Override
        public Object write(Needy value) {
            return need;
        }
    }

    record Options(
            Rate rate, List<List<Rate>> rates, Speed speed, Needy needy, Set<Rate> set, Optional<Rate> optional) {}

    private final List<String> problems = new ArrayList<>();

    @Test
    void aValueClassIsReadByTheTypeThatItNames() {
        assertEquals(Optional.of(new Rate(2)), read("rate", Map.of("per_hour", 2)));
        assertEquals(
                Optional.of(List.of(List.of(new Rate(0.5)))), read("rates", List.of(List.of(Map.of("per_hour", 0.5)))));
        assertEquals(Optional.of(Speed.SLOW), read("speed", "slow"));
        assertEquals(List.of(), problems);
    }

    @Test
    void itsWordsStandInTheWordsOfAList() {
        assertEquals("list of lists of rates", type("rates").words());
        assertEquals("how fast", type("speed").words());
    }

    @Test
    void whatIsWrittenIsPlainDataThatIsReadBack() {
        Object written = written(type("rates"), List.of(List.of(new Rate(0.5), new Rate(3))));
        assertEquals(List.of(List.of(Map.of("per_hour", 0.5), Map.of("per_hour", 3.0))), written);
        assertEquals(Optional.of(List.of(List.of(new Rate(0.5), new Rate(3)))), read("rates", written));
    }

    @Test
    void whatIsWrongIsRefusedWithTheNameOfThePart() {
        assertEquals(
                Optional.empty(),
                read(
                        "rates",
                        List.of(
                                List.of(Map.of("per_hour", "x"), 7),
                                List.of(Map.of("note", ""), Map.of("per_hour", 1, "a", 2)))));
        assertEquals(
                List.of(
                        "item 1 of item 1 of rates.per_hour must be a number, got 'x'",
                        "item 2 of item 1 of rates must be a map, got 7",
                        "item 1 of item 2 of rates must have the key per_hour",
                        "item 2 of item 2 of rates has an unknown key a"),
                problems);
    }

    @Test
    void noOtherClassIsAnOptionsType() {
        assertTrue(OptionType.of(component("set")).isEmpty());
        assertTrue(OptionType.of(component("optional")).isEmpty());
        assertTrue(OptionType.of(NoOptions.class).isEmpty());
    }

    @Test
    void aTypeThatCannotBeMadeIsItsAuthorsMistake() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> OptionType.of(component("needy")));
        assertEquals(NeedyType.class.getName() + " has no constructor without parameters", refused.getMessage());
    }

    private static Type component(String name) {
        return Stream.of(Options.class.getRecordComponents())
                .filter(component -> component.getName().equals(name))
                .map(RecordComponent::getGenericType)
                .findFirst()
                .orElseThrow();
    }

    private static OptionType<?> type(String name) {
        return OptionType.of(component(name)).orElseThrow();
    }

    @SuppressWarnings("unchecked") // the value is of the type
    private static <T> Object written(OptionType<T> type, Object value) {
        return type.write((T) value);
    }

    private Optional<Object> read(String name, Object data) {
        return type(name)
                .read(new PlainValue(name, data, Range.all(), problems::add))
                .map(value -> value);
    }
}
