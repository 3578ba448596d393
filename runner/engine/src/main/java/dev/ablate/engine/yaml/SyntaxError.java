package dev.ablate.engine.yaml;

import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problem;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** What the YAML parser complains of, in words for the person who wrote the file. */
final class SyntaxError {

    private SyntaxError() {}

    static Problem of(MarkedYAMLException e, Source source) {
        String problem = e.getProblem() == null ? "" : e.getProblem();
        String context = e.getContext() == null ? "" : e.getContext();
        Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
        int index = mark == null ? 0 : Math.min(mark.getIndex(), source.length());
        Mark began = e.getContextMark();
        int start = began == null ? index : Math.min(began.getIndex(), source.length());

        if (problem.contains("TAB") || (source.pointAt(index) == '\t' && problem.startsWith("found character"))) {
            int end = index;
            while (source.pointAt(end) == '\t') {
                end++;
            }
            return error(source, index, end, "a tab cannot stand here in YAML", "use spaces");
        }
        if (problem.startsWith("expected ','") && source.pointAt(index) == '{' && source.pointAt(index - 1) == '$') {
            return unquotedSubstitution(source, index - 1);
        }
        if (problem.contains("mapping values are not allowed")) {
            String hint = source.lineBefore(index).contains(": ")
                    ? "put text that has ': ' in it in quotes"
                    : "a key begins in the same column as the key above it";
            return error(source, index, index + 1, "a ':' where no key can end", hint);
        }
        if (problem.contains("could not find expected ':'")) {
            return error(source, start, lineEnd(source, start), "a ':' is missing after the key", "write key: value");
        }
        if (problem.startsWith("expected ',' or '}'")) {
            return unclosed(source, start, index, "'}'", "map");
        }
        if (problem.startsWith("expected ',' or ']'")) {
            return unclosed(source, start, index, "']'", "list");
        }
        if (problem.startsWith("expected <block end>")) {
            return error(
                    source,
                    index,
                    index + 1,
                    "this does not continue what stands above it",
                    "check the indentation, and the quotes and brackets on this line");
        }
        if (problem.contains("unexpected end of stream") && context.contains("quoted scalar")) {
            return error(source, start, start + 1, "this quote is never closed", "");
        }
        if (context.equals("while scanning an alias") || context.equals("while scanning an anchor")) {
            return error(
                    source,
                    start,
                    start + 1,
                    "a name must follow this",
                    "put text that begins with '*' or '&' in quotes");
        }
        if (problem.startsWith("expected the node content")) {
            return error(source, index, index + 1, "a key or value is missing here", "");
        }
        if (problem.startsWith("found unknown escape character")) {
            return error(
                    source,
                    index,
                    index + 1,
                    "'\\' begins an escape inside double quotes, and this is none",
                    "use single quotes, or write \\\\");
        }
        if (problem.startsWith("found character") && problem.contains("cannot start any token")) {
            return error(
                    source,
                    index,
                    index + 1,
                    Problem.quoted(Character.toString(source.pointAt(index))) + " cannot begin unquoted text",
                    "put it in quotes");
        }
        if (problem.contains("invalid indentation") || problem.startsWith("bad indentation")) {
            return error(source, index, index + 1, "the indentation is wrong", "");
        }
        String words = context.isEmpty() ? problem : context + ", " + problem;
        return error(source, index, index + 1, "this is not YAML: " + words.replaceAll("\\s+", " "), "");
    }

    /** Inside brackets the '{' of a {@code ${env:NAME}} begins a map, unless quotes stand around it. */
    private static Problem unquotedSubstitution(Source source, int dollar) {
        int from = dollar;
        while (from > 0 && isPartOfWord(source.pointAt(from - 1))) {
            from--;
        }
        int to = dollar;
        int lineEnd = lineEnd(source, dollar);
        while (to < lineEnd && source.pointAt(to) != '}') {
            to++;
        }
        to = Math.min(to + 1, lineEnd);
        while (isPartOfWord(source.pointAt(to))) {
            to++;
        }
        String written = source.text(from, to);
        boolean environment = written.contains(Environment.OPENING);
        return error(
                source,
                from,
                to,
                (environment ? "${env:...}" : "text with '${'") + " needs quotes inside { } and [ ]",
                "write \"" + (environment ? written : written.replace("${", Environment.OPENING)) + "\"");
    }

    private static boolean isPartOfWord(int point) {
        return point >= 0 && !Character.isWhitespace(point) && ",[]{}\"'".indexOf(point) < 0;
    }

    /** Where the parser stumbles on a later line, the mistake is most often that the bracket was forgotten. */
    private static Problem unclosed(Source source, int start, int index, String bracket, String what) {
        Position stumbled = source.at(index, index + 1);
        Position began = source.at(start, start + 1);
        if (stumbled.line() == began.line()) {
            return Problem.error(stumbled, "a ',' or " + bracket + " is missing here");
        }
        return Problem.error(began, "a ',' or " + bracket + " is missing in the " + what + " that begins here")
                .noting("it was noticed at " + stumbled);
    }

    private static Problem error(Source source, int from, int to, String message, String suggestion) {
        return Problem.error(source.at(from, to), message).suggesting(suggestion);
    }

    private static int lineEnd(Source source, int from) {
        int end = from;
        while (source.pointAt(end) >= 0 && source.pointAt(end) != '\n' && source.pointAt(end) != '\r') {
            end++;
        }
        return end;
    }
}
