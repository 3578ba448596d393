package dev.ablate.reader.csv;

import static dev.ablate.reader.csv.Kind.NUMBER;
import static dev.ablate.reader.csv.Kind.TEXT;
import static dev.ablate.reader.csv.Kind.UNUSED;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a file holds and however it is cut for threads, it is read as another library reads it at once. */
final class CsvReaderTest {

    private static final Cut WHOLE = new Cut(1, 1 << 20, 1 << 16);

    private static final List<Kind> KINDS = List.of(NUMBER, TEXT, UNUSED, NUMBER);

    private static final Dialect PLAIN = Dialect.separatedBy(',');
    private static final Dialect GERMAN = new Dialect(';', '\'', ',', Set.of("", "NA", "-99"));
    private static final Dialect LONG = new Dialect('\u2502', '"', '.', Set.of("?"));

    /** Cells that are right in some columns and not in others, or that end rows and quotes where nobody expects it. */
    private static final List<String> CELLS = List.of(
            "1",
            "-2.5",
            "0.1234567890123456789",
            "3e-5",
            " 4 ",
            "\t5",
            "\u20036\u2003",
            "\"7\"",
            "\" 8\n\"",
            "\"9\r\n\"",
            "",
            "NA",
            "-99",
            "?",
            "red",
            "blue",
            " blue ",
            "\"blue\"",
            "gr\u00fcn",
            "\"a\"\"b\"",
            "5\" pipe",
            "it's",
            "\"1,x,2\n3,y,4,5\"",
            "\"\n\"",
            "\"\r\r\n\n\"",
            "\"\"",
            "\ud83d\ude00",
            "1d",
            "NaN",
            "0x1p3",
            "1e999");

    private static final List<String> PLAIN_CELLS =
            CELLS.stream().filter(cell -> !cell.startsWith("\"")).toList();

    private static final List<String> LINE_ENDS = List.of("\n", "\n", "\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\n\r");

    @ParameterizedTest
    @MethodSource("dialects")
    void readsAsAnotherLibraryDoes(Dialect dialect) {
        SplittableRandom random = new SplittableRandom(17);
        int perfect = 0;
        int badlyQuoted = 0;
        for (int i = 0; i < 400; i++) {
            String text = text(random, dialect, i % 50, i % 3 == 0 ? 0 : 0.02, i % 4 == 0 ? 0.01 : 0);
            int apart = i % 2 == 0 ? 3 : 0;
            String expected = SimpleReading.of(text, dialect, KINDS, apart);
            perfect += expected.endsWith("texts: [], wrong: []") ? 1 : 0;
            badlyQuoted += expected.endsWith("badly quoted") ? 1 : 0;
            for (Cut cut : List.of(WHOLE, new Cut(1, 64, 16), new Cut(2, 100, 1), new Cut(5, 7, 3))) {
                assertThat(read(text, dialect, KINDS, apart, cut))
                        .as("%s: %s", cut, text)
                        .isEqualTo(expected);
            }
        }
        // else too little is compared
        assertThat(perfect).isBetween(50, 350);
        assertThat(badlyQuoted).isBetween(20, 200);
    }

    static List<Dialect> dialects() {
        return List.of(PLAIN, GERMAN, LONG);
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void readsTheSameHoweverItIsCut(Cut cut) {
        for (boolean quoted : List.of(true, false)) {
            String text = text(new SplittableRandom(4), PLAIN, 3_000, 0.01, 0);
            String file = quoted ? text.replace("\"\n\"", "\"" + "\n1,x,2,3\r\n".repeat(300) + "\"") : text;
            assertThat(read(file, PLAIN, KINDS, 3, cut)).isEqualTo(SimpleReading.of(file, PLAIN, KINDS, 3));
        }
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void readsBlanksAsIfThereWereNone(Cut cut) {
        SplittableRandom random = new SplittableRandom(6);
        StringBuilder plain = new StringBuilder();
        StringBuilder blanks = new StringBuilder();
        StringBuilder runs = new StringBuilder();
        for (int row = 0; row < 400; row++) {
            String blank = " ".repeat(random.nextInt(4));
            String quoted = random.nextInt(3) == 0 ? "\"a,\n b\"" : "\"c\"";
            plain.append(row).append(',').append(quoted).append(",,0.5\n");
            blanks.append(row)
                    .append(',')
                    .append(blank)
                    .append(quoted)
                    .append(",,")
                    .append(blank)
                    .append("0.5\r\n");
            blanks.append(random.nextInt(3) == 0 ? blank + "\n" : random.nextInt(3) == 0 ? blank + "\t\r\n" : "");
            runs.append(blank)
                    .append(row)
                    .append(" \t".repeat(1 + random.nextInt(3)))
                    .append(quoted)
                    .append(" \"\"  0.5");
            runs.append(blank).append('\n').append(random.nextInt(3) == 0 ? blank + "\n" : "");
        }
        String expected = read(plain.toString(), PLAIN, KINDS, 3, WHOLE);
        assertThat(read(blanks.toString(), PLAIN, KINDS, 3, cut)).isEqualTo(expected);
        assertThat(read(runs.toString(), Dialect.separatedByBlanks(), KINDS, 3, cut))
                .isEqualTo(expected);
    }

    @Test
    void notesColumnsOfNumbersWithTextWhoeverMeetsIt() {
        // a chunk that begins within quotes looks like rows of other columns
        String text = "1,2\n".repeat(100) + "3,\"" + "4,oops,5\noops,6\n".repeat(100) + "\"\n7,8\n";
        for (Cut cut : List.of(WHOLE, new Cut(2, 100, 7), new Cut(5, 31, 1))) {
            Rows rows = rows(bytes(text), PLAIN, List.of(NUMBER, NUMBER), 0, cut);
            assertThat(rows.texts()).containsExactly(1);
            assertThat(rows.wrong()).isEmpty();
            assertThat(rows.missed()).isFalse();
            assertThat(rows.size()).isEqualTo(102);
        }
    }

    @Test
    void countsWrongRowsAndNamesTheFirst() {
        String text = "1\n1,2\n".repeat(50) + ",2\n";
        for (Cut cut : List.of(WHOLE, new Cut(2, 20, 7), new Cut(5, 3, 1))) {
            Dialect dialect = new Dialect(',', '"', '.', Set.of(""));
            Rows rows = rows(bytes(text), dialect, List.of(NUMBER, NUMBER), 0, cut);
            assertThat(rows.wrong()).hasSize(20).startsWith(0, 2, 4).endsWith(38);
            assertThat(rows.wrongCount()).isEqualTo(50);
            assertThat(rows.missed()).isTrue();
        }
    }

    static List<Cut> cuts() {
        List<Cut> cuts = new ArrayList<>();
        for (int threads : new int[] {1, 2, 5}) {
            for (int length : new int[] {1, 63, 1024, 1 << 14, 1 << 20}) {
                cuts.add(new Cut(threads, length, 64));
            }
            cuts.add(new Cut(threads, 1024, 1));
            cuts.add(new Cut(threads, 1024, 5000));
        }
        return cuts;
    }

    @Test
    void readsManyRowsOfNumbersToTheBit() {
        SplittableRandom random = new SplittableRandom(5);
        StringBuilder text = new StringBuilder();
        double[] numbers = random.doubles(3 * 40_000, -1e3, 1e3).toArray();
        for (int at = 0; at < numbers.length; at += 3) {
            text.append(numbers[at])
                    .append(',')
                    .append(numbers[at + 1])
                    .append(',')
                    .append(numbers[at + 2])
                    .append('\n');
        }
        for (int threads : new int[] {1, 2, 5}) {
            Rows rows = rows(bytes(text), PLAIN, List.of(NUMBER, NUMBER, NUMBER), 1, new Cut(threads, 1 << 15, 64));
            assertThat(rows.size()).isEqualTo(40_000);
            assertThat(rows.parts()).hasSizeGreaterThan(1);
            int row = 0;
            for (double[] part : rows.parts()) {
                for (int at = 0; at < part.length; at += 2) {
                    assertThat(part[at]).isEqualTo(numbers[3 * row]);
                    assertThat(rows.apart()[row]).isEqualTo(numbers[3 * row + 1]);
                    assertThat(part[at + 1]).isEqualTo(numbers[3 * row + 2]);
                    row++;
                }
            }
            assertThat(row).isEqualTo(40_000);
        }
    }

    @Test
    void knowsTheWordsOfManyRows() {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < 20_000; row++) {
            text.append(row)
                    .append(",w")
                    .append(row % 3 == 0 ? row * 7 % 5_000 : 1)
                    .append('\n');
        }
        List<Kind> kinds = List.of(NUMBER, TEXT);
        String expected = read(text.toString(), PLAIN, kinds, 0, WHOLE);
        assertThat(expected).isEqualTo(SimpleReading.of(text.toString(), PLAIN, kinds, 0));
        assertThat(read(text.toString(), PLAIN, kinds, 0, new Cut(5, 1024, 64))).isEqualTo(expected);
    }

    @Test
    void leavesOutTheWordsOfRowsThatAreNone() {
        // where a chunk begins within quotes, its cells look like words
        String text = "1,a\n2,\"" + "3,ghost\n".repeat(500) + "\"\n4,b\n";
        Rows rows = rows(bytes(text), PLAIN, List.of(NUMBER, TEXT), 0, new Cut(2, 100, 64));
        assertThat(rows.words().get(1)).hasSize(3).startsWith("a").endsWith("b").doesNotContain("ghost");
    }

    @Test
    void takesWhatIsNotUtf8ForWrong() {
        byte[] text = "1,x,2,3\n4,\u00fc,5,6\n7,x,\u00fc,8\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(rows(text, PLAIN, KINDS, 0, WHOLE).wrong()).containsExactly(1, 2);
        assertThat(rows(text, PLAIN, List.of(NUMBER, UNUSED, UNUSED, UNUSED), 0, WHOLE)
                        .wrong())
                .containsExactly(1, 2);
        assertThat(rows(Arrays.copyOfRange(text, 16, text.length), PLAIN, KINDS, 0, WHOLE)
                        .wrong())
                .containsExactly(0);
    }

    @Test
    void findsEachRowAgain() throws IOException {
        SplittableRandom random = new SplittableRandom(8);
        String text = text(random, PLAIN, 300, 0, 0);
        List<String> cells = new ArrayList<>();
        try (Source source = Source.of(bytes(text))) {
            for (Cut cut : List.of(WHOLE, new Cut(5, 50, 1))) {
                List<String> found = new ArrayList<>();
                CsvReader reader = new CsvReader(source, PLAIN, cut);
                Rows rows = reader.rows(0, KINDS, 0);
                for (int row = 0; row < rows.size(); row++) {
                    RowText read = reader.row(rows, row);
                    found.add(read.toString());
                }
                if (cells.isEmpty()) {
                    cells.addAll(found);
                }
                assertThat(found).isEqualTo(cells);
            }
        }
        assertThat(cells).hasSize(300);
    }

    private static String text(SplittableRandom random, Dialect dialect, int rows, double wrong, double badQuotes) {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < rows; row++) {
            int cells = random.nextDouble() < wrong ? random.nextInt(7) : KINDS.size();
            for (int column = 0; column < cells; column++) {
                text.append(column == 0 ? "" : ",");
                boolean number = column < KINDS.size() && KINDS.get(column) == NUMBER && random.nextDouble() >= wrong;
                text.append(random.nextDouble() < wrong ? PLAIN_CELLS.get(random.nextInt(PLAIN_CELLS.size())) : "");
                text.append(CELLS.get(random.nextInt(number ? 10 : CELLS.size())));
                text.append(random.nextDouble() < badQuotes ? "\"" : "");
            }
            text.append(LINE_ENDS.get(random.nextInt(LINE_ENDS.size())));
        }
        return text.toString()
                .replace('"', dialect.quote())
                .replace(',', dialect.separator())
                .replace('.', dialect.point());
    }

    private static String read(String text, Dialect dialect, List<Kind> kinds, int apart, Cut cut) {
        Rows read = rows(bytes(text), dialect, kinds, apart, cut);
        int width = kinds.size() - Collections.frequency(kinds, UNUSED) - 1;
        List<double[]> rows = new ArrayList<>();
        for (double[] part : read.parts()) {
            for (int from = 0; from < part.length; from += width) {
                double[] row = Arrays.copyOfRange(part, from, from + width + 1);
                row[width] = read.apart()[rows.size()];
                rows.add(row);
            }
        }
        return SimpleReading.written(read.size(), rows, read.words(), read.texts(), read.wrong(), read.badlyQuoted());
    }

    private static Rows rows(byte[] text, Dialect dialect, List<Kind> kinds, int apart, Cut cut) {
        try (Source source = Source.of(text)) {
            return new CsvReader(source, dialect, cut).rows(0, kinds, apart);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] bytes(CharSequence text) {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
