package dev.ablate.engine.report.picture;

import dev.ablate.core.data.Task;
import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.report.Confusion;
import dev.ablate.engine.report.Group;
import dev.ablate.engine.report.Separation;
import dev.ablate.engine.runs.RunStore;
import java.util.List;

/**
 * What the charts of a report show beside its tables: of the runs' series, and of their models.
 *
 * @param curves metrics by update
 * @param responses answers to one feature; empty unless the models have one
 * @param examples the data of {@code responses}: the feature and the target
 * @param regions answers all over a plane; empty unless the models have two features, and separate classes
 * @param fits predicted against actual values; of regression alone
 * @param confusions which class was taken for which; of classification alone
 * @param separations how well numbers separate the classes at each threshold; of two classes alone
 */
public record Pictures(
        List<CurveLine> curves,
        List<CurveLine> responses,
        Dots examples,
        List<Region> regions,
        List<Fit> fits,
        List<Confusion> confusions,
        List<Separation> separations) {

    /** Nothing to draw. */
    public static final Pictures NONE =
            new Pictures(List.of(), List.of(), Dots.NONE, List.of(), List.of(), List.of(), List.of());

    /** More groups than this are in the tables and files alone. */
    public static final int MOST_GROUPS = 12;

    /** More planes than this nobody compares by eye. */
    private static final int MOST_REGIONS = 8;

    /** Copies the lists. */
    public Pictures {
        curves = List.copyOf(curves);
        responses = List.copyOf(responses);
        regions = List.copyOf(regions);
        fits = List.copyOf(fits);
        confusions = List.copyOf(confusions);
        separations = List.copyOf(separations);
    }

    /**
     * What there is to draw of a comparison: of its first {@link #MOST_GROUPS} variants or cells.
     *
     * @param store has the runs' series
     */
    public static Pictures of(Comparison comparison, RunStore store) {
        List<Group> groups = groups(comparison);
        List<Models> models = groups.stream()
                .map(group -> Models.of(group, comparison))
                .filter(Models::areThere)
                .toList();
        boolean classes = models.stream().allMatch(group -> group.task() != Task.REGRESSION);
        boolean numbers = models.stream().allMatch(group -> group.task() == Task.REGRESSION);
        boolean one = !models.isEmpty()
                && models.stream().noneMatch(group -> group.task() == Task.CLASSES)
                && models.stream().map(Models::features).distinct().count() == 1
                && models.get(0).features().size() == 1;
        return new Pictures(
                new Curves(comparison, store).of(groups),
                one ? models.stream().map(Models::response).toList() : List.of(),
                one ? models.get(0).examples() : Dots.NONE,
                classes
                        ? models.stream()
                                .filter(group -> group.features().size() == 2)
                                .limit(MOST_REGIONS)
                                .map(Models::region)
                                .toList()
                        : List.of(),
                numbers ? models.stream().map(Models::fit).toList() : List.of(),
                classes
                        ? groups.stream()
                                .flatMap(group -> Confusion.of(group, comparison).stream())
                                .toList()
                        : List.of(),
                separations(comparison));
    }

    /** The curves alone, of the same groups; they ask no model. */
    public static List<CurveLine> curves(Comparison comparison, RunStore store) {
        return new Curves(comparison, store).of(groups(comparison));
    }

    /** How well numbers separate two classes, of the same groups; none of another task. */
    public static List<Separation> separations(Comparison comparison) {
        return groups(comparison).stream()
                .filter(group ->
                        group.finished(comparison).get(0).run().dataset().learns(Task.BINARY_CLASSIFICATION))
                .flatMap(group -> Separation.of(group, comparison).stream())
                .toList();
    }

    private static List<Group> groups(Comparison comparison) {
        return Group.of(comparison.findings().question()).stream()
                .filter(group -> !group.finished(comparison).isEmpty())
                .limit(MOST_GROUPS)
                .toList();
    }
}
