package dev.ablate.engine.compare.source;

import com.google.common.base.Suppliers;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.SpecException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A CSV file with the place of every field in it. */
public final class CsvText {

    /** What the reader says of the line of a quote that is not closed. */
    private static final Pattern LINE = Pattern.compile("line (\\d+)");

    /** In the order in which they are tried. */
    private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|', ' ');

    private final String name;
    private final Path folder;
    private final String text;
    /** Cut only where one is to be shown. */
    private final Supplier<List<String>> lines;

    private final char separator;
    private final List<CsvRecord> records;

    private CsvText(String name, Path folder, String text, Collection<String> wanted) {
        this.name = name;
        this.folder = folder;
        this.text = text;
        this.lines = Suppliers.memoize(() -> List.of(text.split("\r\n|\r|\n", -1)));
        this.separator = separator(wanted);
        this.records = parse();
    }

    /** The first one under which the header has the wanted columns; where none has, the first that cuts it into most. */
    private char separator(Collection<String> wanted) {
        String header = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        return SEPARATORS.stream()
                .filter(candidate -> cut(header, candidate).containsAll(wanted))
                .findFirst()
                .orElseGet(() -> SEPARATORS.stream()
                        .max(Comparator.comparingInt((Character candidate) ->
                                        cut(header, candidate).size())
                                .thenComparing(candidate -> -SEPARATORS.indexOf(candidate)))
                        .orElseThrow());
    }

    private static List<String> cut(String header, char separator) {
        List<String> names = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i <= header.length(); i++) {
            boolean ends = i == header.length() || (header.charAt(i) == separator && !quoted);
            if (ends) {
                names.add(header.substring(from, i)
                        .strip()
                        .replaceFirst("^\"(.*)\"$", "$1")
                        .replace("\"\"", "\""));
                from = i + 1;
            } else if (header.charAt(i) == '"') {
                quoted = !quoted;
            }
        }
        return names;
    }

    /**
     * Reads a file in UTF-8, whose values a comma, a semicolon, a tab, a bar or a blank separates: the first of them under
     * which its header has the columns that are wanted, else the one that cuts it into most columns.
     *
     * @param wanted names of columns without which the file is of no use
     * @throws SpecException if it cannot be read, or is not CSV
     */
    public static CsvText read(Path file, Collection<String> wanted) {
        String name = file.toString();
        try {
            if (Files.isDirectory(file)) {
                throw wrong(name, "is a folder: a CSV file is needed");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
            return new CsvText(name, folder, text.startsWith("\uFEFF") ? text.substring(1) : text, wanted);
        } catch (NoSuchFileException e) {
            throw wrong(name, "there is no such file");
        } catch (CharacterCodingException e) {
            throw wrong(name, "is not UTF-8: save the file in this encoding");
        } catch (IOException e) {
            throw wrong(name, "cannot be read: " + e);
        }
    }

    /** The lines that hold anything, the header first. */
    public List<CsvRecord> records() {
        return records;
    }

    /** The whole file. */
    public Position at() {
        return at(1, 1, 1);
    }

    /** Where a field begins; behind the last one, the end of the line. */
    public Position at(CsvRecord row, int field) {
        int line = (int) row.getStartingLineNumber();
        String shown = lines.get().get(line - 1);
        int at = 0;
        boolean quoted = false;
        int separators = 0;
        while (at < shown.length() && separators < field) {
            quoted ^= shown.charAt(at) == '"';
            separators += shown.charAt(at) == separator && !quoted ? 1 : 0;
            at++;
        }
        int end = at;
        while (end < shown.length() && (quoted || shown.charAt(end) != separator)) {
            quoted ^= shown.charAt(end) == '"';
            end++;
        }
        return at(line, shown.codePointCount(0, at) + 1, Math.max(1, shown.codePointCount(at, end)));
    }

    private Position at(int line, int column, int length) {
        return new Position(name, line, column, length, lines.get().get(line - 1), folder);
    }

    private List<CsvRecord> parse() {
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(separator)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .skipEmptyLines(true)
                .ofCsvRecord(text)) {
            return reader.stream().toList();
        } catch (CsvParseException e) {
            Matcher line = LINE.matcher(String.valueOf(e.getMessage()));
            int number = line.find() ? Math.min(lines.get().size(), Integer.parseInt(line.group(1))) : 1;
            throw new SpecException(List.of(Problem.error(
                    at(number, 1, 1),
                    "a value in this row opens a quote and does not close it, or goes on behind it: mend its quotes")));
        } catch (IOException e) {
            throw new UncheckedIOException("a string was closed", e);
        }
    }

    private static SpecException wrong(String name, String reason) {
        return new SpecException(List.of(Problem.error(Position.ofOption(name), reason)));
    }
}
