package dev.ablate.engine.problem;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects problems, so that a person hears of all of them at once; not thread-safe. */
public final class Problems {

    /** A shorter value of the environment is part of too many other words, and is not a secret. */
    private static final int SHORTEST_HIDDEN = 6;

    private final List<Problem> found = new ArrayList<>();
    private final Map<String, String> hidden = new LinkedHashMap<>();

    /** Adds one, unless the same was said before. */
    public void add(Problem problem) {
        if (!found.contains(problem)) {
            found.add(problem);
        }
    }

    /** Whether anything found forbids to run. */
    public boolean hasErrors() {
        return found.stream().anyMatch(p -> p.severity() == Problem.Severity.ERROR);
    }

    /** Lets no message show a value of the environment; what stands for it in the spec is shown instead. */
    public void hide(String value, String written) {
        if (value.length() >= SHORTEST_HIDDEN) {
            hidden.put(value, written);
        }
    }

    /** Adds all that others found, and hides what they hide. */
    public void addAll(Problems others) {
        hidden.putAll(others.hidden);
        others.all().forEach(this::add);
    }

    private String masked(String text) {
        String shown = text;
        for (Map.Entry<String, String> entry : hidden.entrySet()) {
            shown = shown.replace(entry.getKey(), entry.getValue());
        }
        return shown;
    }

    /** All that was found, by place; what has no line comes last. */
    public List<Problem> all() {
        return found.stream()
                .map(problem -> hidden.isEmpty() ? problem : problem.withTexts(this::masked))
                .sorted(Comparator.comparing((Problem p) ->
                                p.at().filter(at -> at.line() > 0).isEmpty())
                        .thenComparing(p -> p.at().map(Position::source).orElse(""))
                        .thenComparing(p -> p.at().map(Position::line).orElse(0))
                        .thenComparing(p -> p.at().map(Position::column).orElse(0)))
                .toList();
    }

    /** The warnings alone. */
    public List<Problem> warnings() {
        return all().stream()
                .filter(p -> p.severity() == Problem.Severity.WARNING)
                .toList();
    }

    /**
     * Ends the reading if anything found forbids to run.
     *
     * @throws SpecException with everything that was found
     */
    public void throwIfErrors() {
        if (hasErrors()) {
            throw new SpecException(all());
        }
    }
}
