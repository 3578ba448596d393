package dev.ablate.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands print wherever the person lives. */
@Isolated("it sets the locale of all")
class LocalesTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"de", "tr", "ar-EG-u-nu-arab"})
    void printsTheSameInEveryLocale(String tag) {
        Shell shell = new Shell(folder);
        String spec = shell.write("quick.yaml", CommandsTest.QUICK);
        List<String> commands = Stream.of(
                        "run -f table", "run -f json", "run -f csv", "plan", "validate", "render --origins")
                .map(command -> command + " " + spec)
                .toList();
        // what was run before is there: the first time is as the others
        shell.run("run", spec);
        List<String> expected = outputs(shell, commands);
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(tag));
            assertThat(outputs(shell, commands)).containsExactlyElementsOf(expected);
        } finally {
            Locale.setDefault(before);
        }
    }

    private static List<String> outputs(Shell shell, List<String> commands) {
        return commands.stream()
                .map(command -> shell.run(command.split(" ")).out())
                .toList();
    }
}
