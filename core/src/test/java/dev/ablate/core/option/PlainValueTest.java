package dev.ablate.core.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ablate.core.option.OptionValue.Form;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlainValueTest {

    private record Numbers(
            @Option(help = "a part", above = 0, atMost = 0.5)
            double part) {}

    private final List<String> problems = new ArrayList<>();

    @Test
    void readsEachFormAsWhatItIs() {
        assertEquals(Optional.of(true), value(true).bool());
        assertEquals(Optional.of(7), value(7L).integer());
        assertEquals(Optional.of(7L), value(7).wholeNumber());
        assertEquals(Optional.of(7.0), value(7).number());
        assertEquals(Optional.of(0.5), value(0.5).number());
        assertEquals(Optional.of("7"), value("7").text());
        assertEquals(Optional.of("b"), value("b").word(List.of("a", "b")));
        assertEquals(Optional.of(Path.of("a/b")), value("a/b").path());
        assertEquals(Optional.of(Path.of("a/b")), value(Path.of("a/b")).path());
        assertEquals(Optional.of(List.of(1.0, 2.0)), value(List.of(1, 2.0)).items(OptionValue::number));
        assertEquals(List.of(), problems);
    }

    @Test
    void saysWhatItIs() {
        assertEquals(Form.BOOLEAN, value(true).form());
        assertEquals(Form.WHOLE_NUMBER, value(1L).form());
        assertEquals(Form.NUMBER, value(1.0).form());
        assertEquals(Form.TEXT, value("").form());
        assertEquals(Form.LIST, value(List.of()).form());
        assertEquals(Form.MAP, value(Map.of()).form());
        assertEquals(Form.OTHER, value(null).form());
    }

    @Test
    void refusesWhatItIsNotOnceEach() {
        PlainValue text = value("seven");
        assertTrue(text.bool().isEmpty()
                && text.integer().isEmpty()
                && text.wholeNumber().isEmpty());
        assertTrue(text.number().isEmpty() && text.items().isEmpty());
        assertTrue(text.entries(List.of(), List.of()).isEmpty());
        assertTrue(text.word(List.of("a", "b")).isEmpty());
        assertTrue(value(7).text().isEmpty() && value(null).path().isEmpty());
        assertTrue(value(1L << 40).integer().isEmpty());
        assertTrue(value(Double.NaN).number().isEmpty());
        assertEquals(
                List.of(
                        "it must be true or false, got 'seven'",
                        "it must be a whole number, got 'seven'",
                        "it must be a whole number, got 'seven'",
                        "it must be a number, got 'seven'",
                        "it must be a list, got 'seven'",
                        "it must be a map, got 'seven'",
                        "it must be a or b, got 'seven'",
                        "it must be text, got 7",
                        "it must be a path, got null",
                        "it must be a whole number in the range of an int, got 1099511627776",
                        "it must be a finite number, got NaN"),
                problems);
    }

    @Test
    void holdsEveryNumberToTheRange() {
        Option option = Numbers.class.getRecordComponents()[0].getAnnotation(Option.class);
        PlainValue list = new PlainValue("parts", List.of(0.5, 0, 1L), Range.of(option), problems::add);
        assertEquals(Optional.empty(), list.items(OptionValue::number));
        assertEquals(
                List.of("item 2 of parts must be greater than 0, got 0", "item 3 of parts must be at most 0.5, got 1"),
                problems);
    }

    private PlainValue value(@Nullable Object data) {
        return new PlainValue("it", data, Range.all(), problems::add);
    }

    @Test
    void readsAMapOfAnyKeys() {
        Map<String, OptionValue> entries = value(Map.of("a", 1)).entries().orElseThrow();
        OptionValue first = entries.values().iterator().next();
        assertEquals(Optional.of("a"), entries.keySet().stream().findFirst());
        assertEquals(Optional.of(1), first.integer());
        first.text();
        value("seven").entries();
        assertEquals(2, problems.size(), problems.toString());
        assertTrue(problems.get(0).contains(".a must be text"), problems.toString());
        assertTrue(problems.get(1).contains("must be a map"), problems.toString());
    }
}
