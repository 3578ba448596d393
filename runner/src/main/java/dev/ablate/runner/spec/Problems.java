package dev.ablate.runner.spec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects problems, so that a person hears of all of them at once; not thread-safe. */
public final class Problems {

    private final List<Problem> found = new ArrayList<>();

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

    /** All that was found, by place; what has no line comes last. */
    public List<Problem> all() {
        return found.stream()
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
