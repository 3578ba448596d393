package dev.ablate.core.option;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A list of files, folders and patterns; what they stand for is found when it is read. */
final class InputsType implements OptionType<Inputs> {

    /** More files than this are more than anybody means. */
    private static final int MOST = 10_000;

    private static final String PATTERN = ".*[*?\\[{].*";

    @Override
    public String words() {
        return "list of files, folders and patterns";
    }

    @Override
    public Optional<Inputs> read(OptionValue value) {
        return value.form() == OptionValue.Form.MAP
                ? written(value)
                : value.items(InputsType::found).map(InputsType::joined);
    }

    private static Optional<Inputs> written(OptionValue value) {
        return value.entries().flatMap(entries -> {
            Map<String, Path> files = new LinkedHashMap<>();
            entries.forEach((place, file) -> file.path().ifPresent(path -> files.put(place, path)));
            return files.size() == entries.size() ? Optional.of(new Inputs(files)) : Optional.empty();
        });
    }

    private static Inputs joined(List<Map<String, Path>> all) {
        Map<String, Path> files = new LinkedHashMap<>();
        all.forEach(files::putAll);
        return new Inputs(files);
    }

    private static Optional<Map<String, Path>> found(OptionValue item) {
        Optional<String> text = item.text();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String pattern = text.get().replaceFirst("/+$", "");
        try {
            Optional<Map<String, Path>> files = pattern.matches(PATTERN)
                    ? matching(pattern, item)
                    : item.path().flatMap(path -> below(pattern, path));
            if (files.isPresent() && files.get().size() > MOST) {
                item.refuse("stands for more than 10,000 files: name those that the program reads");
                return Optional.empty();
            }
            if (files.isEmpty() || files.get().isEmpty()) {
                item.refuse("must name a file that is there, got " + item.got());
                return Optional.empty();
            }
            return files;
        } catch (IOException | UncheckedIOException e) {
            item.refuse("cannot be read: " + e);
            return Optional.empty();
        }
    }

    /** A file, or all files of a folder. */
    private static Optional<Map<String, Path>> below(String given, Path path) {
        String place = place(given, path);
        if (Files.isRegularFile(path)) {
            return Optional.of(Map.of(place, path));
        }
        return Files.isDirectory(path) ? Optional.of(walk(path, place, "**")) : Optional.empty();
    }

    private static Optional<Map<String, Path>> matching(String pattern, OptionValue item) throws IOException {
        return item.path().map(path -> {
            int plain = 0;
            String[] parts = pattern.split("/+", -1);
            while (!parts[plain].matches(PATTERN)) {
                plain++;
            }
            Path folder = path.toAbsolutePath()
                    .resolve("../".repeat(parts.length - plain))
                    .normalize();
            String above = String.join("/", List.of(parts).subList(0, plain));
            String rest = String.join("/", List.of(parts).subList(plain, parts.length));
            return Files.isDirectory(folder) ? walk(folder, plain == 0 ? "" : place(above, folder), rest) : Map.of();
        });
    }

    /** Where it lies in a run's folder: as given, or by its own name if that would be outside of it. */
    private static String place(String given, Path path) {
        Path relative = Path.of(given).normalize();
        boolean outside = relative.isAbsolute()
                || relative.startsWith("..")
                || relative.toString().isEmpty();
        return slashed(outside ? path.toAbsolutePath().normalize().getFileName() : relative);
    }

    private static Map<String, Path> walk(Path folder, String place, String glob) {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        Map<String, Path> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            walk.filter(file -> matcher.matches(folder.relativize(file)))
                    .filter(file -> !file.toString().contains("__pycache__"))
                    .filter(Files::isRegularFile)
                    .limit(MOST + 1)
                    .forEach(file ->
                            files.put((place.isEmpty() ? "" : place + "/") + slashed(folder.relativize(file)), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static String slashed(Path path) {
        return path.toString().replace('\\', '/');
    }

    @Override
    public Object write(Inputs inputs) {
        return inputs.files();
    }
}
