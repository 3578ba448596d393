package dev.ablate.engine.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.plan.Pair;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NumberingTest {

    @Test
    void numbersDistinctThingsInTheirOrder() {
        Numbering<String> numbers = new Numbering<>(String::hashCode, String::equals);
        assertThat(numbers.add("b")).isZero();
        assertThat(numbers.add("a")).isEqualTo(1);
        assertThat(numbers.add(new String("b"))).isZero();
        assertThat(numbers.all()).containsExactly("b", "a");
        assertThat(numbers.of("a")).isEqualTo(1);
        assertThat(numbers.of("c")).isEqualTo(-1);
    }

    @Test
    void findsEachOfManyWhateverTheirHashes() {
        Numbering<Integer> numbers = new Numbering<>(number -> number % 7, Integer::equals);
        IntStream.range(0, 1_000).forEach(numbers::add);
        assertThat(numbers.size()).isEqualTo(1_000);
        assertThat(IntStream.range(0, 1_000)).allMatch(number -> numbers.of(number) == number);
        assertThat(numbers.of(1_000)).isEqualTo(-1);
    }

    @Test
    void aListOfPairsFindsThem() {
        PairList pairs = PairList.copyOf(List.of(Pair.of(3), new Pair("a"), Pair.of(3), Pair.named("a", "doc")));
        assertThat(pairs).containsExactly(Pair.of(3), new Pair("a"), Pair.named("a", "doc"));
        assertThat(pairs.indexOf(Pair.named("a", "doc"))).isEqualTo(2);
        assertThat(pairs.contains(Pair.of(4))).isFalse();
    }
}
