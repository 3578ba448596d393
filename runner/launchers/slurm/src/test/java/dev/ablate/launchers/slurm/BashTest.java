package dev.ablate.launchers.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is written for bash it takes literally: a real one is asked. */
final class BashTest {

    private static final List<String> WORDS =
            List.of("plain", "", "it's", "'", "a b", "$HOME", "`id`", "*", "\\", "\"x\"", "a\nb", "größe", "!1", "~");

    private static String printed(String script) throws IOException {
        Process process = new ProcessBuilder("bash", "-c", script)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void takesWordsAsTheyAre() throws IOException {
        for (String word : WORDS) {
            assertThat(printed("printf %s " + Bash.quoted(word))).isEqualTo(word);
        }
    }

    @Test
    void takesAnArrayWordByWord() throws IOException {
        assertThat(printed("words=" + Bash.array(WORDS) + "; printf '%s|' \"${words[@]}\""))
                .isEqualTo(String.join("|", WORDS) + "|");
    }
}
