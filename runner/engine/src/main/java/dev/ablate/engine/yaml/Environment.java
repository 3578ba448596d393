package dev.ablate.engine.yaml;

import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.yaml.Node.Kind;
import dev.ablate.worker.spec.SealedValue;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts environment variables into scalars: {@code ${env:NAME}} and {@code ${env:NAME:-default}}. */
public final class Environment {

    static final String OPENING = "${env:";

    private static final Pattern SECRET =
            Pattern.compile("(?i)\\$\\{env:[a-z0-9_]*(token|secret|passw|pwd|credential|key|auth|private)");

    private final Map<String, String> variables;
    private final Problems problems;

    public Environment(Map<String, String> variables, Problems problems) {
        this.variables = variables;
        this.problems = problems;
    }

    /**
     * The scalar with its variables' values, resolved as if it stood there without quotes; as in a shell, the default also
     * holds for a variable that is set to nothing.
     *
     * @param from where the scalar begins in the source
     * @param to where it ends
     */
    Node.Scalar expand(Position at, String written, Source source, int from, int to) {
        Matcher found = SealedValue.SUBSTITUTION.matcher(written);
        StringBuilder text = new StringBuilder();
        boolean broken = false;
        while (found.find()) {
            String name = found.group(1);
            if (name == null) {
                int start = source.find(found.group(), from, to);
                problems.add(Problem.error(
                                source.at(start, start + OPENING.length()),
                                "this is neither ${env:NAME} nor ${env:NAME:-default}")
                        .suggesting("a name has letters, digits and '_' alone, and '}' ends it"));
                broken = true;
                continue;
            }
            Optional<String> value = SealedValue.variable(variables, name, Optional.ofNullable(found.group(3)));
            value.filter(given -> given.equals(variables.get(name)))
                    .ifPresent(given -> problems.hide(given, found.group()));
            if (value.isEmpty()) {
                int start = source.find(found.group(), from, to);
                problems.add(Problem.error(
                                source.at(start, start + found.group().length()),
                                "the environment variable " + name + " is not set")
                        .suggesting("set it, or write a default: ${env:" + name + ":-...}"));
                broken = true;
                continue;
            }
            found.appendReplacement(text, Matcher.quoteReplacement(value.get()));
        }
        found.appendTail(text);
        if (broken) {
            return broken(at, written);
        }
        String expanded = text.toString();
        // nothing from the environment is empty text, never a null, which would delete
        Kind kind = expanded.isEmpty() ? Kind.TEXT : PlainScalar.kindOf(expanded.strip());
        return new Node.Scalar(at, kind, kind == Kind.TEXT ? expanded : expanded.strip(), written);
    }

    /** Whether a variable's name says that its value is nobody else's to read. */
    static boolean namesSecret(String written) {
        return SECRET.matcher(written).find();
    }

    /** Stands for a value about which everything was reported: no reader takes it, and none reports more. */
    public static Node.Scalar broken(Position at, String written) {
        return new Node.Scalar(at, Kind.AMBIGUOUS, written, written);
    }

    public static boolean isBroken(Node node) {
        return node instanceof Node.Scalar scalar
                && scalar.kind() == Kind.AMBIGUOUS
                && PlainScalar.ambiguity(scalar.text()).isEmpty();
    }
}
