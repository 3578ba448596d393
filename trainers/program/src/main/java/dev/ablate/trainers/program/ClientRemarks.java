package dev.ablate.trainers.program;

import dev.ablate.core.option.Inputs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds out whether a program logs to an MLflow store of its own, past its run. */
final class ClientRemarks {

    private static final Pattern IMPORTS = Pattern.compile("^\\s*(import\\s+([^#]*,\\s*)?|from\\s+)mlflow\\b.*");
    private static final Pattern ELSEWHERE = Pattern.compile("^[^#]*\\bset_tracking_uri\\s*\\(.*");

    /** Nobody writes a longer script. */
    private static final long MOST_BYTES = 2_000_000;

    private static final int DEPTH = 3;

    private final Inputs inputs;
    private final Path folder;
    private final Map<String, Long> before;

    /** @param folder where the program is about to work */
    ClientRemarks(Inputs inputs, Path folder) {
        this.inputs = inputs;
        this.folder = folder;
        this.before = stores();
    }

    /** When each part of a store beside the program was written last. */
    private Map<String, Long> stores() {
        Map<String, Long> found = new TreeMap<>();
        for (String name : List.of("mlruns", "mlflow.db")) {
            Path store = folder.resolve(name);
            if (!Files.exists(store)) {
                continue;
            }
            try (Stream<Path> walk = Files.walk(store, DEPTH)) {
                for (Path path : walk.toList()) {
                    found.put(path.toString(), Files.getLastModifiedTime(path).toMillis());
                }
            } catch (IOException e) {
                found.put(name, 0L);
            }
        }
        return found;
    }

    /** Whether the program says itself where it logs. */
    boolean mayLogElsewhere() {
        return first(ELSEWHERE).isPresent();
    }

    /**
     * What there is to say once the program has ended; empty if nothing.
     *
     * @param called whether it called the server of its run
     */
    Optional<String> say(boolean called) {
        boolean grew = !stores().equals(before);
        Optional<String> line = first(ELSEWHERE);
        if (grew) {
            return Optional.of("the program logged to an MLflow store of its own in its folder, and not to its run"
                    + line.map(place -> ": see set_tracking_uri in " + place).orElse(""));
        }
        if (called) {
            return Optional.empty();
        }
        return first(IMPORTS)
                .map(place -> line.map(at -> "no MLflow call reached the run: set_tracking_uri in " + at
                                + " sends what is logged elsewhere")
                        .orElse("no MLflow call reached the run, though " + place + " imports mlflow"));
    }

    /** The first line of the inputs that fits: {@code train.py:12}. */
    private Optional<String> first(Pattern wanted) {
        for (Map.Entry<String, Path> input : inputs.files().entrySet()) {
            if (!input.getKey().endsWith(".py")) {
                continue;
            }
            List<String> lines = lines(input.getValue());
            for (int k = 0; k < lines.size(); k++) {
                if (wanted.matcher(lines.get(k)).matches()) {
                    return Optional.of(input.getKey() + ":" + (k + 1));
                }
            }
        }
        return Optional.empty();
    }

    private static List<String> lines(Path script) {
        try {
            return Files.size(script) > MOST_BYTES
                    ? List.of()
                    : new String(Files.readAllBytes(script), StandardCharsets.UTF_8)
                            .lines()
                            .toList();
        } catch (IOException e) {
            // it was there when the run was planned; then there is nothing to say of it
            return List.of();
        }
    }
}
