package dev.ablate.engine.compare.source;

import dev.ablate.engine.plan.PairNoun;
import dev.ablate.engine.problem.RequestException;
import dev.ablate.engine.problem.Suggestion;
import dev.ablate.engine.tracking.LoggedRun;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The params and tags of runs, by name: where it is looked up which variant a run is of, and which pair. */
final class LoggedFields {

    /** More are only counted. */
    private static final int MOST = 30;

    private final List<LoggedRun> runs;
    private final Predicate<String> housekeeping;

    /** @param housekeeping of which tags are left out where there is something to choose from */
    LoggedFields(List<LoggedRun> runs, Predicate<String> housekeeping) {
        this.runs = runs;
        this.housekeeping = housekeeping;
    }

    /** Where a run may have something. */
    enum Kind {
        PARAM,
        TAG;

        private Map<String, String> of(LoggedRun run) {
            return this == PARAM ? run.params() : run.tags();
        }

        /** As filters of a server write it. */
        private String prefix() {
            return word() + "s.";
        }

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A param or a tag. */
    record Field(Kind kind, String name) {

        /** Its value; empty where a run has none, or a blank one. */
        Optional<String> of(LoggedRun run) {
            return Optional.ofNullable(kind.of(run).get(name))
                    .map(String::strip)
                    .filter(value -> !value.isEmpty());
        }

        /** {@code param seed}. */
        String inWords() {
            return kind.word() + " " + name;
        }
    }

    /**
     * The param or tag of a name.
     *
     * @param option which asks for it
     * @param asked its name; {@code params.} or {@code tags.} before it say which of two is meant
     * @throws RequestException if there is none, or one of each that differ
     */
    Field named(String option, String asked) {
        Field param = new Field(Kind.PARAM, asked);
        Field tag = new Field(Kind.TAG, asked);
        boolean isParam = isThere(param);
        if (isParam
                && isThere(tag)
                && runs.stream().anyMatch(run -> !param.of(run).equals(tag.of(run)))) {
            throw new RequestException(
                    option + " " + asked + ": there is a param and a tag of this name, and they differ;"
                            + " write params." + asked + " or tags." + asked);
        }
        if (isParam || isThere(tag)) {
            return isParam ? param : tag;
        }
        for (Kind kind : Kind.values()) {
            if (asked.startsWith(kind.prefix())) {
                Field field = new Field(kind, asked.substring(kind.prefix().length()));
                if (isThere(field)) {
                    return field;
                }
            }
        }
        Set<String> known = new TreeSet<>(names(Kind.PARAM));
        known.addAll(names(Kind.TAG));
        throw new RequestException(
                option + ": " + Suggestion.unknown("no param or tag", asked, known) + "\n" + listing());
    }

    /** The first of some names that there is. */
    Optional<Field> first(List<String> names) {
        return names.stream()
                .flatMap(name -> List.of(new Field(Kind.PARAM, name), new Field(Kind.TAG, name)).stream())
                .filter(this::isThere)
                .findFirst();
    }

    /** The only param with more than one value that is a seed by its name, or the one that is called just so; else such a tag. */
    Optional<Field> seed() {
        for (Kind kind : Kind.values()) {
            List<Field> seeds = names(kind).stream()
                    .filter(LoggedFields::isSeed)
                    .map(name -> new Field(kind, name))
                    .filter(field -> values(field) > 1)
                    .toList();
            Optional<Field> found = seeds.stream()
                    .filter(field -> seeds.size() == 1 || field.name().equalsIgnoreCase("seed"))
                    .findFirst();
            if (found.isPresent() || !seeds.isEmpty()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static boolean isSeed(String name) {
        return PairNoun.of(name).equals("seed") || name.toLowerCase(Locale.ROOT).endsWith("random_state");
    }

    /** What there is to choose from: two lines, each name with how many values it has. */
    String listing() {
        return "    params: " + listed(Kind.PARAM) + "\n    tags: " + listed(Kind.TAG);
    }

    private String listed(Kind kind) {
        Set<String> names = names(kind);
        if (names.isEmpty()) {
            return "none";
        }
        String first = names.stream()
                .limit(MOST)
                .map(name -> {
                    long values = values(new Field(kind, name));
                    return name + " (" + values + (values == 1 ? " value)" : " values)");
                })
                .collect(Collectors.joining(", "));
        return first + (names.size() > MOST ? " and " + (names.size() - MOST) + " more" : "");
    }

    private Set<String> names(Kind kind) {
        Set<String> names = new TreeSet<>();
        runs.forEach(run -> names.addAll(kind.of(run).keySet()));
        if (kind == Kind.TAG) {
            names.removeIf(housekeeping);
        }
        return names;
    }

    private boolean isThere(Field field) {
        return runs.stream().anyMatch(run -> field.of(run).isPresent());
    }

    private long values(Field field) {
        Set<String> values = new HashSet<>();
        runs.forEach(run -> field.of(run).ifPresent(values::add));
        return values.size();
    }

    /**
     * The params that have one value in all runs of a variant, and not the same in all variants.
     *
     * @param variants the runs by variant
     * @return by name, the value of each variant that has one
     */
    Map<String, Map<String, String>> differing(Map<String, List<LoggedRun>> variants) {
        Map<String, Map<String, String>> differing = new TreeMap<>();
        for (String name : names(Kind.PARAM)) {
            Map<String, String> values = new TreeMap<>();
            boolean fixed = true;
            Set<Optional<String>> all = new HashSet<>();
            for (Map.Entry<String, List<LoggedRun>> variant : variants.entrySet()) {
                Set<Optional<String>> own = variant.getValue().stream()
                        .map(run -> Optional.ofNullable(run.params().get(name)))
                        .collect(Collectors.toSet());
                fixed &= own.size() == 1;
                all.addAll(own);
                own.stream().flatMap(Optional::stream).forEach(value -> values.put(variant.getKey(), value));
            }
            if (fixed && all.size() > 1) {
                differing.put(name, values);
            }
        }
        return differing;
    }
}
