package dev.ablate.trainers.program.mlflow;

import dev.ablate.core.note.Note;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which runs a client searches for: {@code metrics.loss < 0.5 and tags.kind = 'a'}, as far as programs that log need it. */
final class Filter {

    private static final String NAME = "(?:(\\w+)\\.)?(\"[^\"]*\"|`[^`]*`|[\\w.\\-/]+)";

    private static final Pattern TERM = Pattern.compile(
            "\\s*" + NAME + "\\s*(!=|<=|>=|=|<|>|(?i:like)\\b)\\s*('[^']*'|\"[^\"]*\"|[-+\\w.]+)\\s*((?i:and)\\b|$)");

    private static final Pattern ORDER = Pattern.compile("\\s*" + NAME + "\\s*((?i:asc|desc)?)\\s*");

    private record Term(String kind, String name, String sign, String value) {}

    private final List<Term> terms = new ArrayList<>();

    /** @throws ApiError if it is not understood */
    Filter(String text) {
        Matcher term = TERM.matcher(text);
        int at = 0;
        while (at < text.length() && !text.substring(at).isBlank()) {
            if (!term.find(at) || term.start() != at) {
                throw ApiError.invalid("Invalid filter: '" + text + "' is not understood here");
            }
            terms.add(new Term(
                    kind(term.group(1)),
                    plain(term.group(2)),
                    term.group(3).toLowerCase(Locale.ROOT),
                    plain(term.group(4))));
            at = term.end();
        }
    }

    private static String kind(@Nullable String given) {
        String kind = given == null ? "attributes" : given.toLowerCase(Locale.ROOT);
        return switch (kind) {
            case "metric", "metrics" -> "metrics";
            case "param", "params", "parameter", "parameters" -> "params";
            case "tag", "tags" -> "tags";
            default -> "attributes";
        };
    }

    private static String plain(String text) {
        return text.matches("(?s)(['\"`]).*\\1") ? text.substring(1, text.length() - 1) : text;
    }

    /** Those of some runs that fit. */
    List<ClientRun> of(List<ClientRun> runs) {
        return runs.stream()
                .filter(run -> terms.stream().allMatch(term -> fits(term, run)))
                .toList();
    }

    private static boolean fits(Term term, ClientRun run) {
        Optional<String> found = value(term.kind(), term.name(), run);
        if (found.isEmpty()) {
            return false;
        }
        int order = compare(found.get(), term.value());
        return switch (term.sign()) {
            case "=" -> order == 0;
            case "!=" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            default -> found.get().matches(Pattern.quote(term.value()).replace("%", "\\E.*\\Q"));
        };
    }

    private static int compare(String one, String other) {
        try {
            return Double.compare(Double.parseDouble(one), Double.parseDouble(other));
        } catch (NumberFormatException e) {
            return one.compareTo(other);
        }
    }

    private static Optional<String> value(String kind, String name, ClientRun run) {
        return Optional.ofNullable(
                switch (kind) {
                    case "metrics" ->
                        Optional.ofNullable(run.latest().get(name))
                                .map(Note.Metric::value)
                                .map(String::valueOf)
                                .orElse(null);
                    case "params" -> run.params().get(name);
                    case "tags" -> run.tags().get(name);
                    default ->
                        switch (name) {
                            case "run_id" -> run.id();
                            case "run_name" -> run.name();
                            case "status" -> run.status();
                            case "start_time" -> Long.toString(run.start());
                            case "end_time" -> Long.toString(run.end());
                            default -> null;
                        };
                });
    }

    /**
     * Runs in an order: the newest first where nothing else is wanted.
     *
     * @param order such as {@code metrics.loss ASC}
     */
    static List<ClientRun> sorted(List<ClientRun> runs, List<String> order) {
        List<ClientRun> sorted = new ArrayList<>(runs);
        Collections.reverse(sorted);
        List<String> reversed = new ArrayList<>(order);
        Collections.reverse(reversed);
        for (String each : reversed) {
            Matcher by = ORDER.matcher(each);
            if (!by.matches()) {
                throw ApiError.invalid("Invalid order_by: '" + each + "' is not understood here");
            }
            String kind = kind(by.group(1));
            String name = plain(by.group(2));
            Comparator<ClientRun> ascending =
                    Comparator.comparing(run -> value(kind, name, run).orElseThrow(), Filter::compare);
            Comparator<ClientRun> wanted = by.group(3).equalsIgnoreCase("desc") ? ascending.reversed() : ascending;
            // what has no value comes last
            sorted.sort((one, other) -> {
                boolean none = value(kind, name, one).isEmpty();
                boolean noOther = value(kind, name, other).isEmpty();
                return none || noOther ? Boolean.compare(none, noOther) : wanted.compare(one, other);
            });
        }
        return sorted;
    }
}
