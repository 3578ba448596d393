package dev.ablate.engine.planning;

import dev.ablate.engine.experiment.Spec;
import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Problems of variants and cells, each reported once: with the names of those that have it, where not all have it and its place does
 * not say whose it is.
 */
final class RunProblems {

    /** More cells than this are counted, not named. */
    private static final int NAMED = 3;

    private final List<Spec.Cell> cells;
    private final Map<Problem, List<Place>> having = new LinkedHashMap<>();

    private record Place(Spec.Cell cell, Spec.Variant variant) {}

    RunProblems(List<Spec.Cell> cells) {
        this.cells = cells;
    }

    /** Adds what was found in all variants of a cell. */
    void add(Spec.Cell cell, Problems found) {
        cell.variants().forEach(variant -> add(cell, variant, found));
    }

    /** Adds what was found in one variant of a cell. */
    void add(Spec.Cell cell, Spec.Variant variant, Problems found) {
        for (Problem problem : found.all()) {
            having.computeIfAbsent(problem, none -> new ArrayList<>()).add(new Place(cell, variant));
        }
    }

    /** Adds what needs no more words, whichever cells have it. */
    void addEvident(Problems found) {
        found.all().forEach(problem -> having.put(problem, List.of()));
    }

    void report(Problems problems) {
        Map<Problem, List<Problem>> alike = new LinkedHashMap<>();
        having.keySet()
                .forEach(problem -> alike.computeIfAbsent(bare(problem), none -> new ArrayList<>())
                        .add(problem));
        alike.values().forEach(members -> {
            if (members.size() == 1 || members.stream().anyMatch(member -> isEvident(member, problems))) {
                members.forEach(member -> problems.add(placed(member, problems)));
            } else {
                problems.add(joined(members));
            }
        });
    }

    private boolean isEvident(Problem problem, Problems problems) {
        return having.getOrDefault(problem, List.of()).isEmpty()
                || problems.all().contains(problem);
    }

    private Problem placed(Problem problem, Problems problems) {
        String where = isEvident(problem, problems) ? "" : where(problem, having.getOrDefault(problem, List.of()));
        return where.isEmpty() ? problem : problem.noting(where);
    }

    /** What is wrong and where, without what may differ from variant to variant. */
    private static Problem bare(Problem problem) {
        return new Problem(problem.severity(), problem.at(), problem.message(), "", List.of());
    }

    /** One of those that differ in what there is to say besides: which follows the names of those that it is said of. */
    private Problem joined(List<Problem> members) {
        List<String> suggestions =
                members.stream().map(Problem::suggestion).distinct().toList();
        boolean oneSuggestion = suggestions.size() == 1;
        Problem joined = bare(members.get(0)).suggesting(oneSuggestion ? suggestions.get(0) : "");
        for (Problem member : members.size() > NAMED + 1 ? members.subList(0, NAMED) : members) {
            String said = Stream.concat(
                            oneSuggestion ? Stream.empty() : Stream.of(member.suggestion()), member.notes().stream())
                    .filter(text -> !text.isEmpty())
                    .collect(Collectors.joining("; "));
            String note = Stream.of(where(member, having.getOrDefault(member, List.of())), said)
                    .filter(text -> !text.isEmpty())
                    .collect(Collectors.joining(": "));
            joined = note.isEmpty() ? joined : joined.noting(note);
        }
        if (members.size() > NAMED + 1) {
            joined = joined.noting("and so in " + (members.size() - NAMED) + " more");
        }
        return joined;
    }

    private String where(Problem problem, List<Place> places) {
        List<String> variants =
                places.stream().map(place -> place.variant().name()).distinct().toList();
        List<String> in = places.stream()
                .map(Place::cell)
                .distinct()
                .map(CellPlan::written)
                .toList();
        boolean everyVariant = variants.size() == cells.get(0).variants().size()
                || places.stream().anyMatch(place -> isIn(place.variant(), problem));
        boolean everyCell =
                in.size() == cells.size() || places.stream().anyMatch(place -> isSwept(place.cell(), problem));
        String ofVariants = everyVariant ? "" : named("variant", variants);
        String ofCells = everyCell ? "" : named("cell", in);
        return Stream.of(ofVariants, ofCells)
                .filter(text -> !text.isEmpty())
                .reduce((one, other) -> one + ", " + other)
                .orElse("");
    }

    private static String named(String noun, List<String> names) {
        boolean many = noun.equals("cell") && names.size() > NAMED + 1;
        String separator = noun.equals("cell") ? "; " : ", ";
        String shown = String.join(separator, many ? names.subList(0, NAMED) : names);
        return "in " + noun + (names.size() == 1 ? " " : "s ") + shown
                + (many ? " and " + (names.size() - NAMED) + " more" : "");
    }

    private static boolean isSwept(Spec.Cell cell, Problem problem) {
        Position at = problem.at().orElse(Position.ofOption(""));
        return cell.swept().stream().anyMatch(setting -> setting.keyAt().equals(at) || isWithin(setting.value(), at));
    }

    private static boolean isWithin(Node node, Position at) {
        if (node.at().equals(at)) {
            return true;
        }
        if (node instanceof Node.Sequence sequence) {
            return sequence.items().stream().anyMatch(item -> isWithin(item, at));
        }
        return node instanceof Node.Mapping mapping
                && mapping.entries().values().stream()
                        .anyMatch(entry -> entry.keyAt().equals(at) || isWithin(entry.value(), at));
    }

    private static boolean isIn(Spec.Variant variant, Problem problem) {
        Position at = problem.at().orElse(variant.at());
        return variant.own().stream()
                .anyMatch(
                        leaf -> isFrom(leaf.keyAt(), at) && isUpTo(leaf.value().at(), at));
    }

    private static boolean isFrom(Position begin, Position at) {
        return begin.source().equals(at.source()) && begin.line() == at.line() && begin.column() <= at.column();
    }

    private static boolean isUpTo(Position last, Position at) {
        return last.line() == at.line() && at.column() < last.column() + last.length();
    }
}
