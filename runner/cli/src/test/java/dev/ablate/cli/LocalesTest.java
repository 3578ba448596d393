package dev.ablate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands print wherever the person lives. */
@Isolated("it sets the locale of all")
class LocalesTest {

    private static final List<String> COMMANDS =
            List.of("run -f table", "run -f json", "run -f csv", "plan", "validate", "render --origins");

    @TempDir
    private static Path folder;

    private static String spec = "";
    private static List<String> expected = List.of();

    @BeforeAll
    static void writeInTheLocaleOfThisMachine() {
        Shell shell = new Shell(folder);
        // what was run before is there: the first time is as the others
        spec = shell.write("quick.yaml", CommandsTest.QUICK);
        shell.run("run", spec);
        expected = outputs();
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "tr", "ar-EG-u-nu-arab"})
    void printsTheSameInEveryLocale(String tag) {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(tag));
            assertThat(outputs()).containsExactlyElementsOf(expected);
        } finally {
            Locale.setDefault(before);
        }
    }

    private static List<String> outputs() {
        Shell shell = new Shell(folder);
        List<String> outputs = new ArrayList<>();
        for (String command : COMMANDS) {
            Shell.Result result = shell.run((command + " " + spec).split(" "));
            assertThat(result.code()).as(result.err()).isZero();
            outputs.add(result.out());
        }
        return outputs;
    }
}
