package dev.ablate.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairTest {

    @Test
    void isASeed() {
        Pair pair = Pair.of(42);
        assertThat(pair).isEqualTo(new Pair("42"));
        assertThat(pair.seed()).isEqualTo(OptionalLong.of(42));
        assertThat(pair.fold()).isEqualTo(OptionalInt.empty());
        assertThat(pair.label()).isEqualTo("seed=42");
        assertThat(pair.inWords()).isEqualTo("seed 42");
    }

    @Test
    void isAFoldOfASeed() {
        Pair pair = Pair.of(-5, 3);
        assertThat(pair).isEqualTo(new Pair("-5/fold=3")).isNotEqualTo(Pair.of(-5));
        assertThat(pair.seed()).isEqualTo(OptionalLong.of(-5));
        assertThat(pair.fold()).isEqualTo(OptionalInt.of(3));
        assertThat(pair.label()).isEqualTo("seed=-5/fold=3");
        assertThat(new Pair("7/fold=0").fold()).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MAX_VALUE, Long.MIN_VALUE})
    void isAnySeed(long seed) {
        assertThat(Pair.of(seed).seed()).hasValue(seed);
        assertThat(Pair.of(seed, 2).fold()).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"item-7", "007", "-0", "+7", "7.0", "7 ", "9223372036854775808", "7/fold=00", "7/fold=x", "7/8"})
    void isAnyOtherText(String text) {
        Pair pair = new Pair(text);
        assertThat(pair.seed()).isEmpty();
        assertThat(pair.fold()).isEmpty();
        assertThat(pair.label()).isEqualTo("pair=" + text);
        assertThat(pair.inWords()).isEqualTo("pair " + text);
    }

    @Test
    void isSomething() {
        assertThatThrownBy(() -> new Pair(" ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Pair.of(1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("folds are counted from 1, not 0");
    }
}
