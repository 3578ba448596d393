package dev.ablate.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ResultStreamTest {

    /** Takes so many bytes, and then fails in words. */
    private static final class Narrow extends OutputStream {

        private final String words;
        private int left;
        private int refused;

        Narrow(int left, String words) {
            this.left = left;
            this.words = words;
        }

        @Override
        public void write(int single) throws IOException {
            if (left == 0) {
                refused++;
                throw new IOException(words);
            }
            left--;
        }
    }

    @Test
    void remembersWhatCouldNotBeWrittenAndWritesNoMore() {
        Narrow narrow = new Narrow(3, "No space left on device");
        ResultStream results = ResultStream.to(narrow, StandardCharsets.UTF_8);
        results.print("abc");
        assertThat(results.problem()).isEmpty();
        results.print("d");
        results.print("e");
        assertThat(results.problem()).contains("No space left on device");
        assertThat(narrow.refused).isOne();
    }

    @Test
    void aReaderWhoHasEnoughIsNotAProblem() {
        Narrow narrow = new Narrow(0, "Broken pipe");
        ResultStream results = ResultStream.to(narrow);
        results.writer().println("x");
        results.print("y");
        assertThat(results.problem()).isEmpty();
        assertThat(narrow.refused).isOne();
    }
}
