package dev.ablate.engine.planning;

import dev.ablate.core.data.Column;
import dev.ablate.core.data.Dataset;
import dev.ablate.engine.experiment.Spec;
import dev.ablate.engine.plan.PreparationNotes;
import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.problem.Suggestion;
import dev.ablate.engine.yaml.Setting;
import dev.ablate.worker.prepare.Preparation;
import dev.ablate.worker.prepare.Preparations;
import dev.ablate.worker.prepare.Refusal;
import dev.ablate.worker.spec.EncodeSettings;
import dev.ablate.worker.spec.PrepareSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How the features of variants become numbers, with all that stands in the way. */
final class Preparing {

    private final Preparations preparations = new Preparations();

    /** The preparation of a variant; empty if there is none, which is reported. */
    Optional<Preparation> of(
            Spec.Cell cell, Spec.Variant variant, Dataset data, List<String> features, Problems problems) {
        PrepareSettings settings = variant.prepare().settings();
        Problems found = new Problems();
        checkColumns(variant.prepare(), data, found);
        if (!found.hasErrors()) {
            Position dataset =
                    cell.dataset().plugin().map(plugin -> plugin.value().at()).orElseGet(variant::at);
            for (Refusal refusal : Preparation.refusals(data, features, settings)) {
                Position at = variant.prepare().written().stream()
                        .filter(setting -> setting.path().equals(refusal.path()))
                        .map(setting -> setting.value().at())
                        .findFirst()
                        .orElse(dataset);
                found.add(Problem.error(at, refusal.what()).suggesting(refusal.wayOut()));
            }
        }
        found.all().forEach(problems::add);
        return found.hasErrors() ? Optional.empty() : Optional.of(preparations.of(data, features, settings));
    }

    /** Reports columns that settings name and that are not features of categories. */
    private static void checkColumns(Spec.Prepare prepare, Dataset data, Problems problems) {
        EncodeSettings encode = prepare.settings().encode();
        List<String> there = data.schema().features().stream()
                .filter(column -> !column.categories().isEmpty())
                .map(Column::name)
                .toList();
        for (Setting setting : prepare.written()) {
            Set<String> named = setting.path().equals("data.encode.reference")
                    ? encode.references().keySet()
                    : setting.path().equals("data.encode.order")
                            ? encode.order().keySet()
                            : Set.of();
            named.stream()
                    .filter(name -> !there.contains(name))
                    .forEach(name -> problems.add(Suggestion.unknown(
                            setting.value().at(),
                            setting.path() + ": no feature of categories",
                            name,
                            there.isEmpty() ? "there is none" : Suggestion.there(there),
                            there)));
        }
    }

    /** Reports variants that leave out other rows than the first, as pairs are judged on the same rows. */
    static void refuseOtherRows(List<VariantPlan> variants, Problems problems) {
        for (VariantPlan variant : variants) {
            VariantPlan first = variants.get(0);
            if (!Arrays.equals(rows(first), rows(variant))) {
                problems.add(Problem.error(
                                variant.spec().at(),
                                "variant '" + variant.name() + "' learns from "
                                        + variant.data().examples().size() + " rows and '" + first.name() + "' from "
                                        + first.data().examples().size()
                                        + ", as data.missing leaves out others: what variants are compared on must be the"
                                        + " same rows")
                        .suggesting("let all variants drop the same rows, or fill in what is missing"));
            }
        }
    }

    /** Empty if none is left out. */
    private static int[] rows(VariantPlan variant) {
        return variant.preparation().kept().orElse(new int[0]);
    }

    /** Says once what is done to columns. */
    static void report(List<CellPlan> cells, Problems problems) {
        PreparationNotes notes = new PreparationNotes();
        cells.forEach(cell -> cell.variants().forEach(variant -> notes.add(variant.name(), variant.preparation())));
        notes.all()
                .forEach(note ->
                        problems.add(Problem.warning(cells.get(0).dataset().pluginAt(), note)));
    }
}
