package dev.ablate.engine.report.worked;

import dev.ablate.core.training.Explanation.Term;
import dev.ablate.engine.report.layout.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A number with its formula, in symbols and in numbers.
 *
 * @param name whose number it is, such as a weight's; empty where the symbol says it
 * @param symbol {@code o}
 * @param sides what it equals, from the formula to the number; each once
 * @param note what a person should know of it; empty if nothing
 */
record Equation(String name, String symbol, List<String> sides, String note) {

    /** Significant digits: as many as the tutorials print. */
    static final int DIGITS = 7;

    private static final String OPERATORS = "+-*/";

    Equation {
        sides = List.copyOf(sides);
    }

    /** A formula with the numbers of its symbols in their place. */
    static Equation of(String name, String symbol, String formula, Map<String, Double> symbols, double value) {
        return of(name, symbol, List.of(formula, substituted(formula, symbols)), value, "");
    }

    static Equation of(String name, Term term, Map<String, Double> symbols) {
        return of(
                name,
                term.symbol(),
                List.of(term.formula(), substituted(term.formula(), symbols)),
                term.value(),
                term.note());
    }

    static Equation of(String name, String symbol, List<String> formulas, double value, String note) {
        List<String> sides = new ArrayList<>(formulas);
        sides.add(number(value));
        return new Equation(name, symbol, sides.stream().distinct().toList(), note);
    }

    /** {@code o}, {@code x1: after}. */
    String subject() {
        return name.isEmpty() ? symbol : name + ": " + symbol;
    }

    /** {@code o = 1 / (1 + exp(-z)) = 0.689974}. */
    String text() {
        return symbol + " = " + String.join(" = ", sides);
    }

    static String number(double value) {
        return Numbers.rounded(value, DIGITS);
    }

    /** A number inside a formula: in parentheses where its sign would be read as something else. */
    static String factor(double value) {
        String number = number(value);
        return number.startsWith("-") ? "(" + number + ")" : number;
    }

    private static String substituted(String formula, Map<String, Double> symbols) {
        Map<String, Double> known = new LinkedHashMap<>();
        // dE/do before o
        symbols.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .forEach(symbol -> known.put(symbol, symbols.getOrDefault(symbol, Double.NaN)));
        String any = known.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|"));
        Matcher matcher =
                Pattern.compile("(?<![\\w/])(?:" + any + ")(?![\\w/])").matcher(formula);
        return matcher.replaceAll(match -> {
            double value = known.getOrDefault(match.group(), Double.NaN);
            String before = formula.substring(0, match.start()).stripTrailing();
            boolean operand = !before.isEmpty() && OPERATORS.indexOf(before.charAt(before.length() - 1)) >= 0;
            boolean power = match.end() < formula.length() && formula.charAt(match.end()) == '^';
            return Matcher.quoteReplacement(operand || power ? factor(value) : number(value));
        });
    }
}
