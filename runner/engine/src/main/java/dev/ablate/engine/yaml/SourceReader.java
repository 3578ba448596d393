package dev.ablate.engine.yaml;

import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.problem.SpecException;
import dev.ablate.engine.problem.Suggestion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.yaml.snakeyaml.reader.StreamReader;

/** A file to text: size, encoding and characters that YAML does not know. */
public final class SourceReader {

    /** A spec is written by hand; data belongs in files of its own. */
    static final int LARGEST = 1_000_000;

    private final Contents contents;
    private final Problems problems;

    /** Where the bytes of a file come from. */
    public interface Contents {

        /** The first bytes of a file, at most one more than {@link #LARGEST}. */
        byte[] of(Path file) throws IOException;

        /** As they are on the disk. */
        static byte[] onDisk(Path file) throws IOException {
            try (InputStream in = Files.newInputStream(file)) {
                return in.readNBytes(LARGEST + 1);
            }
        }
    }

    public SourceReader(Contents contents, Problems problems) {
        this.contents = contents;
        this.problems = problems;
    }

    /**
     * Reads a file.
     *
     * @param namedAt where the file is named, for what is wrong with it as a whole
     * @throws SpecException if it is not text that could be YAML
     */
    public Source read(Path file, Position namedAt) {
        String name = file.toString();
        byte[] bytes = bytes(file, namedAt);
        Path folder = file.getParent() == null ? Path.of("") : file.getParent();
        if (startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF)) {
            throw fatal(Problem.error(at(name, folder, bytes, 0), "the file is UTF-16, and a spec is UTF-8")
                    .suggesting("save it as UTF-8"));
        }
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        // some editors begin every file with a byte order mark; it is no part of the text
        int begin = startsWith(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        ByteBuffer rest = ByteBuffer.wrap(bytes, begin, bytes.length - begin);
        CoderResult result = decoder.decode(rest, text, true);
        if (result.isError()) {
            throw fatal(Problem.error(
                            at(name, folder, bytes, rest.position()),
                            String.format(
                                    Locale.ROOT,
                                    "byte 0x%02X (number %d of the file) is not UTF-8",
                                    bytes[rest.position()],
                                    rest.position() + 1))
                    .suggesting("save the file as UTF-8"));
        }
        Source source = Source.ofFile(name, folder, text.flip().toString());
        refuseControlCharacters(source, problems);
        return source;
    }

    /** Reports the first character that YAML does not know; the parser would report it without its place. */
    static void refuseControlCharacters(Source source, Problems problems) {
        for (int i = 0; i < source.length(); i++) {
            int point = source.pointAt(i);
            if (!StreamReader.isPrintable(point) || point == 0xFEFF) {
                String what = point == 0xFEFF ? "a byte order mark" : "a control character";
                throw fatal(
                        problems,
                        Problem.error(
                                        source.at(i, i + 1),
                                        String.format(
                                                Locale.ROOT, "U+%04X is %s, which cannot stand here", point, what))
                                .suggesting("remove it"));
            }
        }
    }

    private byte[] bytes(Path file, Position namedAt) {
        byte[] bytes;
        try {
            bytes = contents.of(file);
        } catch (NoSuchFileException e) {
            throw fatal(Problem.error(namedAt, missing(file, namedAt)).suggesting(nearest(file)));
        } catch (AccessDeniedException e) {
            throw fatal(Problem.error(namedAt, "file " + Problem.quoted(file.toString()) + " may not be read"));
        } catch (IOException e) {
            String reason = Files.isDirectory(file)
                    ? Problem.quoted(file.toString()) + " is a folder"
                    : "file " + Problem.quoted(file.toString()) + " cannot be read: " + e.getMessage();
            throw fatal(Problem.error(namedAt, reason));
        }
        if (bytes.length > LARGEST) {
            throw fatal(Problem.error(
                            namedAt,
                            "a spec has at most 1,000,000 bytes, and " + Problem.quoted(file.toString()) + " has more")
                    .suggesting("put rows of data in a CSV file: dataset: { plugin: table, file: ... }"));
        }
        return bytes;
    }

    private static String missing(Path file, Position namedAt) {
        return namedAt.source().equals(file.toString())
                ? "there is no such file"
                : "there is no file " + Problem.quoted(file.toString());
    }

    private static String nearest(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || file.getFileName() == null) {
            return "";
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<String> specs = files.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml") || name.endsWith(".yml"))
                    .toList();
            return Suggestion.didYouMean(file.getFileName().toString(), specs);
        } catch (IOException e) {
            // a folder that cannot be listed only costs the suggestion
            return "";
        }
    }

    /** The place of a byte, with its line as far as it can be read. */
    private static Position at(String name, Path folder, byte[] bytes, int offset) {
        String before = new String(bytes, 0, offset, StandardCharsets.UTF_8);
        int end = offset;
        while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
            end++;
        }
        String after = new String(Arrays.copyOfRange(bytes, offset, end), StandardCharsets.UTF_8);
        Source source = Source.ofFile(name, folder, before + after);
        int index = before.codePointCount(0, before.length());
        return source.at(index, index + 1);
    }

    private static boolean startsWith(byte[] bytes, int... first) {
        for (int i = 0; i < first.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != first[i]) {
                return false;
            }
        }
        return true;
    }

    private SpecException fatal(Problem problem) {
        return fatal(problems, problem);
    }

    private static SpecException fatal(Problems problems, Problem problem) {
        problems.add(problem);
        return new SpecException(problems.all());
    }
}
