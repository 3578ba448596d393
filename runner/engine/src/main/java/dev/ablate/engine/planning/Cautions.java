package dev.ablate.engine.planning;

import dev.ablate.engine.catalog.Bound;
import dev.ablate.engine.catalog.BoundOption;
import dev.ablate.engine.experiment.Spec;
import dev.ablate.engine.plan.TestChoice;
import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.worker.catalog.BoundTrainer;
import dev.ablate.worker.catalog.PluginException;
import dev.ablate.worker.prepare.OpenedData;
import dev.ablate.worker.spec.EncodeSettings.Coding;
import dev.ablate.worker.spec.ScaleSettings;
import dev.ablate.worker.spec.ScaleSettings.Method;
import dev.ablate.worker.spec.StopRule;
import dev.ablate.worker.text.Phrases;
import dev.ablate.worker.train.Grid;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** What a person should know of a comparison before its runs are paid for. */
final class Cautions {

    /** The usual level, which verdicts are given at. */
    private static final double LEVEL = 0.05;

    /** The fewest seeds whose exact test can reach the level. */
    private static final int FEWEST = 6;

    /** Up to so many pairs the test is exact, and above the level is within reach. */
    private static final int EXACT = 20;

    private Cautions() {}

    /** Warns where a bias is what variants differ in, and scaling has made it 0. */
    static void ofBias(List<CellPlan> cells, Problems problems) {
        for (CellPlan cell : cells) {
            List<VariantPlan> centred = cell.variants().stream()
                    .filter(variant -> variant.scale().equals(new ScaleSettings(Method.STANDARD, Method.STANDARD)))
                    .toList();
            long biases = centred.stream()
                    .map(variant -> Objects.toString(variant.keyLeaves().get("trainer.bias"), ""))
                    .distinct()
                    .count();
            if (biases > 1) {
                Position at =
                        centred.get(0).spec().scale().target().orElseThrow().at();
                problems.add(Problem.warning(
                                at,
                                "features and target are both centred, so that the best bias is 0 and variants that differ in"
                                        + " trainer.bias come out alike")
                        .suggesting("leave the target as it is to see what a bias does"));
            }
        }
    }

    /** Warns where a bias is what variants differ in, and a column for every category is one too. */
    static void ofDummies(List<CellPlan> cells, Problems problems) {
        for (CellPlan cell : cells) {
            List<VariantPlan> full = cell.variants().stream()
                    .filter(variant -> variant.preparation().hasCategories()
                            && variant.preparation().settings().encode().categories() == Coding.ONE_HOT)
                    .toList();
            long biases = full.stream()
                    .map(variant -> Objects.toString(variant.keyLeaves().get("trainer.bias"), ""))
                    .distinct()
                    .count();
            if (biases > 1) {
                Position at = full.get(0).spec().prepare().written().stream()
                        .filter(setting -> setting.path().equals("data.encode.categories"))
                        .map(setting -> setting.value().at())
                        .findFirst()
                        .orElseGet(() -> cell.dataset().pluginAt());
                problems.add(Problem.warning(
                                at,
                                "the columns of all categories add up to 1 in every row, which is a bias in disguise, so that"
                                        + " variants that differ in trainer.bias may come out alike")
                        .suggesting("write data: { encode: { categories: reference } }"));
                return;
            }
        }
    }

    /** Says what the options of trainers warn of, each once. */
    static void ofTrainers(Spec spec, List<CellPlan> cells, Problems problems) {
        for (CellPlan cell : cells) {
            for (VariantPlan variant : cell.variants()) {
                Bound<BoundTrainer> trainer = variant.trainer();
                try {
                    trainer.component().warnings(folder(spec)).forEach((option, text) -> {
                        Problem warning = Problem.warning(
                                trainer.option(option)
                                        .flatMap(BoundOption::setting)
                                        .map(setting -> setting.value().at())
                                        .orElseGet(trainer::pluginAt),
                                text);
                        if (!problems.all().contains(warning)) {
                            problems.add(warning);
                        }
                    });
                } catch (PluginException e) {
                    problems.add(Problem.warning(trainer.pluginAt(), String.valueOf(e.getMessage())));
                }
            }
        }
    }

    /** That of the spec, in which relative files begin. */
    static Path folder(Spec spec) {
        return spec.file()
                .map(file -> file.toAbsolutePath().resolve("..").normalize())
                .orElse(Path.of(""));
    }

    /** Says where so many rows are measured that it is done less often than usual. */
    static void ofSteps(Spec spec, Optional<StopRule> stop, List<CellPlan> cells, Problems problems) {
        int rows = cells.stream()
                .mapToInt(cell -> OpenedData.rows(cell.data()))
                .max()
                .orElseThrow();
        int most = Grid.most(rows, stop.isPresent());
        if (spec.track().every().isEmpty() && most < Grid.MOST) {
            problems.add(Problem.warning(
                    cells.get(0).dataset().pluginAt(),
                    String.format(
                            Locale.ROOT,
                            "each run is measured at most %d times: to measure %,d rows takes long beside learning from"
                                    + " them; track.every says how often",
                            most,
                            rows)));
        }
    }

    /** Warns of seeds that are too few for any verdict but undecided. */
    static void ofSeeds(Spec spec, TestChoice test, Optional<Position> seedsAt, Problems problems) {
        int folds = Math.max(1, spec.folds());
        int seeds = spec.seeds().size() * folds;
        int variants = spec.variants().size();
        if (seeds < 2 || variants < 2) {
            return;
        }
        boolean exact = test != TestChoice.PAIRED_T && test != TestChoice.CORRECTED_RESAMPLED_T;
        int comparisons =
                spec.compare().corrected() ? (variants - 1) * spec.cells().size() : 1;
        int needed = exact ? needed(comparisons) : FEWEST;
        if (seeds >= needed || seeds > EXACT) {
            return;
        }
        String counted = folds == 1
                ? Phrases.counted(seeds, "seed")
                : Phrases.counted(folds, "fold") + " of "
                        + Phrases.counted(spec.seeds().size(), "seed");
        String message = counted + " cannot show a difference between runs that draw from chance: ";
        if (exact) {
            String smallest = "the smallest p of " + test.word() + " is 2/2^" + seeds;
            message += comparisons == 1
                    ? smallest + " = " + Phrases.rounded(smallest(seeds))
                    : smallest + ", and " + Phrases.rounded(Math.min(1, comparisons * smallest(seeds)))
                            + " corrected for " + comparisons + " comparisons";
        } else {
            message += "fewer than " + FEWEST + " pairs are left undecided";
        }
        problems.add(new Problem(
                Problem.Severity.WARNING,
                seedsAt,
                message,
                "--repeats " + (needed + folds - 1) / folds + (folds == 1 ? " are enough" : " is enough"),
                List.of()));
    }

    private static int needed(int comparisons) {
        int seeds = FEWEST;
        while (comparisons * smallest(seeds) >= LEVEL) {
            seeds++;
        }
        return seeds;
    }

    private static double smallest(int seeds) {
        return Math.scalb(2.0, -seeds);
    }
}
