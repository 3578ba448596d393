package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ablate.cli.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What the shipped experiments answer that need no libraries of Python, each trained once for all tests of a build: the documents with every series, and the home
 * that keeps the runs.
 *
 * <p>The build empties their folder before the first test begins.
 */
final class ShippedDocuments {

    private static final Path FOLDER = Ablate.SPECS.resolve("target/shared");

    private static final Map<String, JsonObject> DOCUMENTS = new ConcurrentHashMap<>();

    private ShippedDocuments() {}

    /** Those whose scripts need libraries of Python, which the tests of them bring along. */
    static final Set<String> OF_LIBRARIES = Set.of("nearest-neighbours", "scaled-columns");

    /** The names of those that need nothing but Java and a plain Python, sorted. */
    static List<String> names() {
        return all().stream().filter(name -> !OF_LIBRARIES.contains(name)).toList();
    }

    /** All names, sorted. */
    static List<String> all() {
        try (Stream<Path> files = Files.list(Ablate.SPECS)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.replace(".yaml", ""))
                    .sorted()
                    .toList();
            assertThat(names).isNotEmpty();
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@code ablate run NAME -f json --series} prints. */
    static JsonObject of(String name) {
        return DOCUMENTS.computeIfAbsent(name, ShippedDocuments::train);
    }

    /** A shell with a working directory, in the home that keeps the runs of an experiment: they are trained when this returns. */
    static Shell shell(Path working, String... names) {
        Stream.of(names).forEach(ShippedDocuments::of);
        return new Shell(working, home());
    }

    /** The exit code of {@code ablate run NAME}: a step too far is what one of them shows. */
    static int exitCode(String name) {
        return name.equals("learning-rates") ? 1 : 0;
    }

    private static Path home() {
        return FOLDER.resolve("home");
    }

    private static JsonObject train(String name) {
        try {
            Files.createDirectories(FOLDER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Shell.Result result = new Shell(FOLDER, home()).run("run", name, "--offline", "-f", "json", "--series");
        assertThat(result.code()).as(result.err()).isEqualTo(exitCode(name));
        return JsonParser.parseString(result.out()).getAsJsonObject();
    }
}
