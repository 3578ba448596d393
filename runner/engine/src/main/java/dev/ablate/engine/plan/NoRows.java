package dev.ablate.engine.plan;

import dev.ablate.engine.experiment.Spec;
import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.yaml.Setting;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reports what a spec says of rows where its dataset has none. */
public final class NoRows {

    private static final List<String> OF_ROWS = List.of(
            "data.split",
            "data.features",
            "data.missing",
            "data.encode",
            "data.scale",
            "predict",
            "stop",
            "decide.threshold",
            "decide.tie");

    private NoRows() {}

    /** Reports each setting of a cell, whose data have no rows, once. */
    public static void check(Spec spec, Spec.Cell cell, Problems problems) {
        Set<Position> said = new HashSet<>();
        Stream.of(
                        spec.origins().stream(),
                        cell.swept().stream(),
                        cell.variants().stream().flatMap(variant -> variant.own().stream()))
                .flatMap(all -> all)
                .forEach(setting -> OF_ROWS.stream()
                        .filter(path -> isIn(setting.path(), path))
                        .filter(path -> said.add(at(path, setting, spec.origins())))
                        .forEach(path -> problems.add(
                                problem(path, at(path, setting, spec.origins()), setting.overriding(), cell))));
    }

    private static boolean isIn(String path, String block) {
        return path.equals(block) || path.startsWith(block + ".");
    }

    /** A block is one mistake, however many keys it has. */
    private static Position at(String path, Setting setting, List<Setting> origins) {
        return origins.contains(setting)
                ? origins.stream()
                        .filter(other -> isIn(other.path(), path))
                        .findFirst()
                        .orElse(setting)
                        .keyAt()
                : setting.keyAt();
    }

    private static Problem problem(String path, Position at, String overriding, Spec.Cell cell) {
        return Problem.error(at, path + " is about rows, and " + named(cell) + " has none" + overriding)
                .suggesting("leave it out");
    }

    /** None; empty for a variant that says more of rows than that, which is reported. */
    public static Optional<List<String>> features(Spec.Variant variant) {
        return variant.own().stream().anyMatch(leaf -> leaf.path().startsWith("data."))
                ? Optional.empty()
                : Optional.of(List.of());
    }

    /** {@code dataset 'none'}. */
    public static String named(Spec.Cell cell) {
        return cell.dataset()
                .plugin()
                .map(plugin -> "dataset '" + plugin.value() + "'")
                .orElse("the dataset");
    }

    /** What to say of a trainer that learns from rows. */
    public static Problem refused(String trainer, Position at, String dataset) {
        return Problem.error(at, "trainer '" + trainer + "' learns from rows, and " + dataset + " has none")
                .suggesting("name a dataset that has rows, or a trainer that brings its own data");
    }
}
