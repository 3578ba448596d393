package dev.ablate.engine.yaml;

import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.problem.Suggestion;
import dev.ablate.engine.yaml.Node.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a node as the type that is wanted, and reports what is wrong with it.
 *
 * <p>Each method gives the value, or reports a problem and gives nothing. The problem says which value it is, what it must be,
 * what it is, what it overrides, and where it can, what to write instead.
 */
public final class Reading {

    /** What type would fit, for the way out that a message gives. */
    public enum Wanted {
        BOOLEAN,
        WHOLE,
        NUMBER,
        TEXT,
        OTHER
    }

    /** How other programs write a variable of the environment. */
    private static final Pattern SHELL_VARIABLE = Pattern.compile("\\$\\{?([A-Za-z_][A-Za-z0-9_]*)}?");

    /** More digits than any {@code long} has. */
    private static final int LONGEST = 40;

    private final Node node;
    private final String subject;
    private final boolean dotted;
    private final String overriding;
    private final Problems problems;

    private Reading(Node node, String subject, boolean dotted, String overriding, Problems problems) {
        this.node = node;
        this.subject = subject;
        this.dotted = dotted;
        this.overriding = overriding;
        this.problems = problems;
    }

    /** Reads a node, named by its dotted path in messages. */
    public static Reading of(Node node, String path, Problems problems) {
        return new Reading(node, node.at().isOption() ? "" : path, true, "", problems);
    }

    /** Reads the value of a setting; messages say what it overrides. */
    public static Reading of(Setting setting, Problems problems) {
        Node value = setting.value();
        return new Reading(value, value.at().isOption() ? "" : setting.path(), true, setting.overriding(), problems);
    }

    /** What is read. */
    public Node node() {
        return node;
    }

    /** {@code true} or {@code false}. */
    public Optional<Boolean> bool() {
        if (node instanceof Node.Scalar scalar && scalar.kind() == Kind.BOOLEAN) {
            return Optional.of(scalar.text().equals("true"));
        }
        return refused(Wanted.BOOLEAN, "must be true or false");
    }

    /** A whole number in the range of an {@code int}. */
    public Optional<Integer> integer() {
        return whole(BigInteger.valueOf(Integer.MIN_VALUE), BigInteger.valueOf(Integer.MAX_VALUE))
                .map(BigInteger::intValueExact);
    }

    /** A whole number in the range of a {@code long}. */
    public Optional<Long> wholeNumber() {
        return whole(BigInteger.valueOf(Long.MIN_VALUE), BigInteger.valueOf(Long.MAX_VALUE))
                .map(BigInteger::longValueExact);
    }

    private Optional<BigInteger> whole(BigInteger least, BigInteger most) {
        if (!(node instanceof Node.Scalar scalar) || scalar.kind() != Kind.INTEGER) {
            return refused(Wanted.WHOLE, "must be a whole number");
        }
        String digits = scalar.text();
        // far out of range, and parsing takes time that grows with the square of the length
        BigInteger value = new BigInteger(digits.length() <= LONGEST ? digits : digits.substring(0, LONGEST));
        if (value.compareTo(least) < 0) {
            refuse("must be " + least + " or greater, got " + got());
            return Optional.empty();
        }
        if (value.compareTo(most) > 0) {
            refuse("must be " + most + " or less, got " + got());
            return Optional.empty();
        }
        return Optional.of(value);
    }

    /** A finite number; a whole number is one too, if it is held to its last digit. */
    public Optional<Double> number() {
        if (!(node instanceof Node.Scalar scalar) || (scalar.kind() != Kind.INTEGER && scalar.kind() != Kind.FLOAT)) {
            return refused(Wanted.NUMBER, "must be a number");
        }
        Optional<String> limit = PlainScalar.limitOfNumbers(scalar.text());
        return limit.isPresent() ? refused(Wanted.OTHER, limit.get()) : Optional.of(Double.parseDouble(scalar.text()));
    }

    /** Text; from the environment, whatever is there, as quotes cannot be written there. */
    public Optional<String> text() {
        if (node instanceof Node.Scalar scalar && (scalar.kind() == Kind.TEXT || scalar.isFromEnvironment())) {
            return Optional.of(scalar.text());
        }
        return refused(Wanted.TEXT, "must be text");
    }

    /** One of these words. */
    public Optional<String> word(Collection<String> words) {
        boolean text = node instanceof Node.Scalar scalar && (scalar.kind() == Kind.TEXT || scalar.isFromEnvironment());
        if (text && node instanceof Node.Scalar scalar && words.contains(scalar.text())) {
            return Optional.of(scalar.text());
        }
        String suggestion = node instanceof Node.Scalar scalar && !scalar.isFromEnvironment()
                ? Suggestion.didYouMean(scalar.text(), words)
                : "";
        refuse("must be " + either(words) + ", got " + got(), suggestion);
        return Optional.empty();
    }

    /** A list, item by item. */
    public Optional<List<Reading>> items() {
        if (!(node instanceof Node.Sequence sequence)) {
            return refused(Wanted.OTHER, "must be a list");
        }
        List<Reading> items = new ArrayList<>();
        for (Node item : sequence.items()) {
            String name = "item " + (items.size() + 1) + (subject.isEmpty() ? "" : " of " + subject);
            items.add(new Reading(item, name, false, "", problems));
        }
        return Optional.of(items);
    }

    /** A map of some of these keys; each other key is reported. */
    public Optional<Map<String, Reading>> entries(Collection<String> keys) {
        Optional<Map<String, Reading>> all = entries();
        all.ifPresent(found -> ((Node.Mapping) node).entries().forEach((key, entry) -> {
            if (!keys.contains(key)) {
                problems.add(Suggestion.unknownKey(entry.keyAt(), key, subject.isEmpty() ? "" : "in " + subject, keys));
                found.remove(key);
            }
        }));
        return all;
    }

    /** A map of any keys. */
    public Optional<Map<String, Reading>> entries() {
        if (!(node instanceof Node.Mapping mapping)) {
            return refused(Wanted.OTHER, "must be a map");
        }
        Map<String, Reading> entries = new LinkedHashMap<>();
        mapping.entries().forEach((key, entry) -> {
            String name = subject.isEmpty() ? key : dotted ? subject + "." + key : key + " of " + subject;
            entries.put(key, new Reading(entry.value(), name, dotted, "", problems));
        });
        return Optional.of(entries);
    }

    /** Reports that the value is wrong: {@code must be greater than 0, got -1}. */
    public void refuse(String requirement) {
        refuse(requirement, "");
    }

    /** Reports that the value is wrong, and what to write. */
    public void refuse(String requirement, String suggestion) {
        if (Environment.isBroken(node)) {
            return;
        }
        String named = subject.isEmpty() ? requirement : subject + " " + requirement;
        problems.add(Problem.error(node.at(), named + overriding).suggesting(suggestion));
    }

    /** The value as a message quotes it: {@code 'no'}, {@code 5.7}, {@code a list}. */
    public String got() {
        if (node instanceof Node.Sequence) {
            return "a list";
        }
        if (node instanceof Node.Mapping) {
            return "a map";
        }
        Node.Scalar scalar = (Node.Scalar) node;
        if (scalar.isFromEnvironment()) {
            return ofEnvironment(scalar) + " from " + Problem.shortened(scalar.written());
        }
        return switch (scalar.kind()) {
            case NULL -> "null";
            case TEXT, AMBIGUOUS -> Problem.quoted(scalar.text());
            case BOOLEAN, INTEGER, FLOAT -> Problem.shortened(scalar.text());
        };
    }

    /** What kind of value the environment gives; the value itself may be a secret. */
    private static String ofEnvironment(Node.Scalar scalar) {
        if (scalar.text().isEmpty()) {
            return "nothing";
        }
        return switch (scalar.kind()) {
            case NULL -> "null";
            case TEXT, AMBIGUOUS -> "text";
            case BOOLEAN -> "true or false";
            case INTEGER -> "a whole number" + (scalar.text().startsWith("-") ? " below 0" : "");
            case FLOAT -> "a number" + (scalar.text().startsWith("-") ? " below 0" : "");
        };
    }

    /** Reports that the value is of the wrong type, and what it would have to be; the form of all such messages. */
    public <T> Optional<T> refused(Wanted wanted, String requirement) {
        if (!(node instanceof Node.Scalar scalar)) {
            refuse(requirement + ", got " + got());
        } else if (!Environment.isBroken(scalar)) {
            String aside = scalar.kind() == Kind.AMBIGUOUS && !scalar.isFromEnvironment()
                    ? " (" + PlainScalar.ambiguity(scalar.text()).orElseThrow().remark() + ")"
                    : "";
            refuse(requirement + ", got " + got() + aside, wayOut(wanted, scalar));
        }
        return Optional.empty();
    }

    private static String wayOut(Wanted wanted, Node.Scalar scalar) {
        if (scalar.isFromEnvironment() || scalar.kind() == Kind.NULL) {
            return "";
        }
        if (wanted == Wanted.TEXT) {
            return "write \"" + Problem.shortened(scalar.text()) + "\"";
        }
        Matcher variable = SHELL_VARIABLE.matcher(scalar.text());
        if (variable.matches()) {
            return "to take it from the environment write \"${env:" + variable.group(1) + "}\"";
        }
        List<String> fitting = switch (scalar.kind()) {
            case AMBIGUOUS -> PlainScalar.ambiguity(scalar.text()).orElseThrow().instead();
            case FLOAT -> wholeOf(scalar.text()).stream().toList();
            default -> List.of();
        };
        if (scalar.kind() == Kind.TEXT && fits(wanted, scalar.text())) {
            return "write " + scalar.text() + " without quotes";
        }
        String words =
                either(fitting.stream().filter(value -> fits(wanted, value)).toList());
        return words.isEmpty() ? "" : "write " + words;
    }

    private static boolean fits(Wanted wanted, String value) {
        Kind kind = PlainScalar.kindOf(value);
        return switch (wanted) {
            case BOOLEAN -> kind == Kind.BOOLEAN;
            case WHOLE -> kind == Kind.INTEGER;
            case NUMBER -> kind == Kind.INTEGER || kind == Kind.FLOAT;
            case TEXT, OTHER -> false;
        };
    }

    /** {@code 1e3} as {@code 1000}; empty if it is not a whole number, or a long one. */
    private static Optional<String> wholeOf(String text) {
        if (!text.matches("[-+.0-9]{1,40}([eE][-+]?[0-9]{1,3})?")) {
            return Optional.empty();
        }
        BigDecimal value = new BigDecimal(text).stripTrailingZeros();
        return value.scale() <= 0 && value.precision() - value.scale() <= 19
                ? Optional.of(value.toPlainString())
                : Optional.empty();
    }

    /** {@code a, b or c}. */
    public static String either(Collection<String> words) {
        List<String> all = List.copyOf(words);
        return all.size() < 2
                ? String.join("", all)
                : String.join(", ", all.subList(0, all.size() - 1)) + " or " + all.get(all.size() - 1);
    }
}
