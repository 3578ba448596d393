package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Code, messages and documents use one vocabulary: {@code build/words.txt} says what is not written, and what is. */
class WordsTest {

    private static final Path ROOT = Ablate.SPECS.resolve("..").normalize();

    private static final Path LIST = Path.of("build", "words.txt");

    /** What people read or write: code, specs, documents, messages, scripts. */
    private static final Pattern READ =
            Pattern.compile(".*\\.(java|ya?ml|md|golden|txt|properties|xml|sh|cmd|css|js|svg|args)|ablate|run");

    /** Where a name of several words is parted: {@code tellsAll}, {@code NEVER_TELLS}. */
    private static final Pattern PARTS = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|_");

    @Test
    void nothingIsCalledByAWordThatIsNotUsed() throws IOException {
        List<String> lines = Files.readAllLines(ROOT.resolve(LIST));
        Words words = Words.of(lines);
        List<String> found = new ArrayList<>();
        for (String file : files()) {
            // some files are not UTF-8 on purpose; the words are ASCII
            found.addAll(words.findings(file, Files.readAllLines(ROOT.resolve(file), StandardCharsets.ISO_8859_1)));
        }
        assertThat(found).isEmpty();
        assertThat(words.idle()).as("exceptions that nothing needs any more").isEmpty();
    }

    @Test
    void findsWholeWordsInTextAndNames() {
        Words words = Words.of(List.of("# comment", "", "tell|told\treport", "left behind\tabandoned"));
        assertThat(words.findings(
                        "a/B.java",
                        List.of(
                                "a storyteller",
                                "/** Told twice. */",
                                "void doesNotTellIt() {}",
                                "enum Fault { NEVER_TOLD }",
                                "it is left behind")))
                .containsExactly(
                        "a/B.java:2: 'Told': say report",
                        "a/B.java:3: 'Tell': say report",
                        "a/B.java:4: 'TOLD': say report",
                        "a/B.java:5: 'left behind': say abandoned");
    }

    @Test
    void anExceptionNamesAFileOrAFolderAndIsUsed() {
        Words words = Words.of(List.of(
                "told\treport",
                "except\ta.md\ttold\ta title",
                "except\told/\ttold\tpublished",
                "except\tb.md\ttold\tnobody needs it"));
        assertThat(words.findings("a.md", List.of("told"))).isEmpty();
        assertThat(words.findings("old/c.md", List.of("told"))).isEmpty();
        assertThat(words.findings("c.md", List.of("told"))).hasSize(1);
        assertThat(words.idle()).containsExactly("except\tb.md\ttold\tnobody needs it");
    }

    @Test
    void refusesAListThatSaysTooLittle() {
        for (String line : List.of("told", "told\t", "except\ta.md\ttold", "except\ta.md\tother\twhy")) {
            assertThatThrownBy(() -> Words.of(List.of("told\treport", line)))
                    .as(line)
                    .isInstanceOf(AssertionError.class);
        }
    }

    private static List<String> files() throws IOException {
        List<String> files = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.getFileName().toString();
                boolean made = name.equals("target") || (name.startsWith(".") && !folder.equals(ROOT));
                return made ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                Path here = ROOT.relativize(file);
                boolean self = here.equals(LIST) || file.endsWith("WordsTest.java");
                if (!self && READ.matcher(file.getFileName().toString()).matches()) {
                    files.add(here.toString().replace('\\', '/'));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        assertThat(files).as("what is looked at").hasSizeGreaterThan(500);
        return files;
    }

    private record Word(String written, Pattern pattern, String instead) {

        Word(String written, String instead) {
            this(written, Pattern.compile("(?i)\\b(?:" + written + ")\\b"), instead);
        }
    }

    private record Allowed(String line, String file, String written) {

        boolean covers(String other, Word word) {
            return written.equals(word.written()) && (file.endsWith("/") ? other.startsWith(file) : other.equals(file));
        }
    }

    /** The list, read. */
    private record Words(List<Word> words, List<Allowed> exceptions, Set<Allowed> used) {

        static Words of(List<String> lines) {
            List<Word> words = new ArrayList<>();
            List<Allowed> exceptions = new ArrayList<>();
            for (String line : lines) {
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                List<String> parts = Stream.of(line.split("\t", -1)).toList();
                assertThat(parts).as(line).noneMatch(String::isBlank);
                if (parts.get(0).equals("except")) {
                    assertThat(parts).as(line).hasSize(4);
                    exceptions.add(new Allowed(line, parts.get(1), parts.get(2)));
                } else {
                    assertThat(parts).as(line).hasSize(2);
                    words.add(new Word(parts.get(0), parts.get(1)));
                }
            }
            assertThat(words)
                    .extracting(Word::written)
                    .containsAll(exceptions.stream().map(Allowed::written).toList());
            return new Words(words, exceptions, new HashSet<>());
        }

        List<String> findings(String file, List<String> lines) {
            List<String> found = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                String text = PARTS.matcher(lines.get(i)).replaceAll(" ");
                for (Word word : words) {
                    Matcher matcher = word.pattern().matcher(text);
                    if (matcher.find() && !excepted(file, word)) {
                        found.add(file + ":" + (i + 1) + ": '" + matcher.group() + "': say " + word.instead());
                    }
                }
            }
            return found;
        }

        private boolean excepted(String file, Word word) {
            List<Allowed> covering =
                    exceptions.stream().filter(each -> each.covers(file, word)).toList();
            used.addAll(covering);
            return !covering.isEmpty();
        }

        List<String> idle() {
            return exceptions.stream()
                    .filter(each -> !used.contains(each))
                    .map(Allowed::line)
                    .toList();
        }
    }
}
