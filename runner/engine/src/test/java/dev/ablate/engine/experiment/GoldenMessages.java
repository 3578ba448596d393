package dev.ablate.engine.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Bad specs and the whole messages that people get for them, as files, so that every word is read in review.
 *
 * <p>A case is {@code NAME.yaml} with {@code NAME.golden} in a folder below {@code bad-specs}; beside it may stand
 * {@code NAME.args}, one option a line ({@code --set a=b}, {@code --seeds 4,5}, {@code --repeats 10}, {@code --launcher a}), {@code NAME.env}, one
 * {@code VARIABLE=value} a line, and {@code NAME.WORD.yaml}, files that it extends. Run with {@code -Dgolden.write=true} to
 * write what is reported now into the golden files; the test then fails all the same, so that nobody leaves it on.
 */
public final class GoldenMessages {

    private static final Path ALL = Path.of("src", "test", "resources", "bad-specs");

    /** What is tried: a file, the options and the environment that go with it. */
    public record Case(Path file, Overrides overrides, Map<String, String> environment) {

        /** The file's name without its ending. */
        @Override
        public String toString() {
            return stem(file);
        }
    }

    private GoldenMessages() {}

    /** The cases of one folder, by name. */
    public static Stream<Case> in(String folder) throws IOException {
        try (Stream<Path> files = Files.list(ALL.resolve(folder))) {
            List<Path> specs = files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !stem(file).contains("."))
                    .sorted()
                    .toList();
            return specs.stream().map(GoldenMessages::read);
        }
    }

    /** All problems as they are reported, without the folder's name in front of files. */
    public static String text(Case tried, Problems problems) {
        String folder = tried.file().getParent() + "/";
        return problems.all().stream()
                        .map(Problem::render)
                        .collect(Collectors.joining("\n"))
                        .replace(folder, "") + "\n";
    }

    /** Compares what was reported with the golden file. */
    public static void check(Case tried, String reported) {
        Path golden = tried.file().resolveSibling(tried + ".golden");
        if (Boolean.getBoolean("golden.write")) {
            try {
                Files.writeString(golden, reported);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            fail("wrote " + golden + ": read it, then run again without -Dgolden.write=true");
        }
        assertThat(golden).as("write it with -Dgolden.write=true, then read it").exists();
        assertThat(reported)
                .as("if %s is to change: run with -Dgolden.write=true, then read it", golden)
                .isEqualTo(text(golden));
    }

    private static Case read(Path file) {
        List<String> sets = new ArrayList<>();
        Map<String, String> others = new HashMap<>();
        for (String line : lines(file, ".args")) {
            String[] parts = line.split(" ", 2);
            if (parts[0].equals("--set")) {
                sets.add(parts[1]);
            } else {
                others.put(parts[0], parts[1]);
            }
        }
        Overrides overrides = new Overrides(
                sets,
                Optional.ofNullable(others.remove("--seeds")),
                Optional.ofNullable(others.remove("--repeats")),
                Optional.ofNullable(others.remove("--launcher")));
        assertThat(others)
                .as("options in " + stem(file) + ".args that no case knows")
                .isEmpty();
        Map<String, String> environment = lines(file, ".env").stream()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
        return new Case(file, overrides, environment);
    }

    private static List<String> lines(Path file, String ending) {
        Path beside = file.resolveSibling(stem(file) + ending);
        return Files.exists(beside) ? text(beside).lines().toList() : List.of();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String stem(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("\\.yaml$", "");
    }
}
