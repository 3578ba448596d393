package dev.ablate.engine.planning;

import dev.ablate.core.launch.Launcher;
import dev.ablate.engine.catalog.Bound;
import dev.ablate.engine.catalog.BoundOption;
import dev.ablate.engine.catalog.CanonicalText;
import dev.ablate.engine.catalog.Catalog;
import dev.ablate.engine.experiment.Rendering;
import dev.ablate.engine.experiment.Spec;
import dev.ablate.engine.plan.Launching;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.yaml.Node;
import dev.ablate.engine.yaml.Setting;
import dev.ablate.worker.catalog.BoundLauncher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who trains the runs of a spec, and where tasks and results are exchanged; no key depends on it.
 *
 * @param bound empty: threads of this process, or something is wrong with it, which was reported
 * @param folder what the spec says of the folder
 * @param beside the spec's folder
 */
record LauncherChoice(Optional<Bound<BoundLauncher>> bound, Optional<BoundOption> folder, Path beside) {

    private static final String FOLDER = ".ablate-jobs";

    static LauncherChoice of(Spec spec, Catalog catalog, Problems problems) {
        Optional<Setting> written =
                Optional.ofNullable(spec.launcher().options().get(Launcher.FOLDER));
        Optional<Bound<BoundLauncher>> bound = catalog.launcher(spec.launcher(), problems);
        if (bound.isPresent()) {
            spec.cells().stream()
                    .flatMap(cell -> cell.split().flatMap(Spec.Split::testFile).stream())
                    .findFirst()
                    .ifPresent(
                            file -> problems.add(
                                    Problem.error(
                                                    file.keyAt(),
                                                    "data.split.test_file cannot go with a launcher, which takes one file along")
                                            .suggesting(
                                                    "train here (run.launcher: { plugin: local }), or hold rows back: data.split.test")));
        }
        Path beside = spec.file().map(Path::getParent).orElse(Path.of(""));
        Optional<BoundOption> folder =
                written.flatMap(setting -> BoundOption.ofPath(Launcher.FOLDER, setting, problems));
        LauncherChoice choice = new LauncherChoice(bound, folder, beside);
        if (choice.launching()
                .map(Launching::folder)
                .filter(LauncherChoice::isFile)
                .isPresent()) {
            problems.add(
                    written.map(setting -> setting.error("must be a folder, got " + Problem.quoted(textOf(setting))))
                            .orElseGet(() -> Problem.error(
                                            bound.orElseThrow().pluginAt(), FOLDER + " beside the spec is not a folder")
                                    .suggesting("name another one: folder: PATH")));
        }
        return choice;
    }

    /** As a person wrote it. */
    private static String textOf(Setting setting) {
        return setting.value() instanceof Node.Scalar scalar
                ? scalar.written()
                : setting.value().toString();
    }

    private static boolean isFile(Path path) {
        return Files.exists(path) && !Files.isDirectory(path);
    }

    /** Whether a spec has its runs trained by this machine; false where it names a launcher, even one that is wrong. */
    static boolean isHere(Spec spec) {
        return spec.launcher()
                .plugin()
                .map(LauncherChoice::textOf)
                .filter(name -> !name.equals(Launcher.LOCAL))
                .isEmpty();
    }

    Optional<Launching> launching() {
        Path path = folder.map(option -> (Path) option.data()).orElse(beside.resolve(FOLDER));
        return bound.map(launcher ->
                new Launching(launcher.component(), path.toAbsolutePath().normalize()));
    }

    /** What was said to it: paths are among it. */
    List<BoundOption> options() {
        return Stream.concat(folder.stream(), bound.stream().flatMap(launcher -> launcher.options().stream()))
                .toList();
    }

    /** Adds what holds where the spec says nothing. */
    void addDefaults(Rendering rendering) {
        rendering.addDefault("run.launcher.plugin", Launcher.LOCAL);
        if (bound.isPresent()) {
            rendering.addDefault("run.launcher." + Launcher.FOLDER, CanonicalText.text(FOLDER));
            bound.get().options().stream()
                    .filter(option -> option.setting().isEmpty())
                    .forEach(option -> rendering.addDefault("run.launcher." + option.name(), option.text()));
        }
    }
}
