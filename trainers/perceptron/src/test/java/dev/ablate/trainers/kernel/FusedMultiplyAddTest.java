package dev.ablate.trainers.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FusedMultiplyAddTest {

    @ParameterizedTest
    @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=1", "-XX:-TieredCompilation"})
    void isFoundWhereTheProcessorHasIt(String option) throws IOException, InterruptedException {
        assertThat(OtherJava.prints(Asks.class, option)).isEqualTo("goes on");
    }

    @Test
    void isMissedWhereItIsEmulated() throws IOException, InterruptedException {
        assertThat(OtherJava.prints(Asks.class, "-XX:-UseFMA"))
                .isEqualTo(
                        "this Java has no fused multiply-add from the processor, without which training takes thousands of times"
                                + " as long: use a processor that has it (x86-64 since Haswell of 2013 or Piledriver of 2012, any 64-bit"
                                + " ARM), leave out -XX:-UseFMA and -XX:UseAVX=0, or choose trainer dl4j");
    }

    /** What the processes do: their main thread asks, with whatever is compiled by then. */
    static final class Asks {

        private Asks() {}

        public static void main(String[] arguments) {
            try {
                FusedMultiplyAdd.require();
                System.out.println("goes on");
            } catch (IllegalStateException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
