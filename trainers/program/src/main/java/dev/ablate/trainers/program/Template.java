package dev.ablate.trainers.program;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text in which a name between braces stands for a value, and two opening braces for one. */
record Template(String text) {

    static final String SEED = "seed";
    static final String VARIANT = "variant";
    static final String SLOT = "slot";
    static final String RUN_DIR = "run_dir";
    static final String DATA_DIR = "data_dir";
    static final String CHECKPOINT_DIR = "checkpoint_dir";

    /** Names that are not options. */
    static final List<String> OF_THE_RUN = List.of(SEED, VARIANT, SLOT, RUN_DIR, DATA_DIR, CHECKPOINT_DIR);

    private static final Pattern BRACE = Pattern.compile("\\{\\{|\\{([^{}]*)\\}|\\{");

    /** The names in it, in order. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        Matcher found = BRACE.matcher(text);
        while (found.find()) {
            if (found.group(1) != null) {
                names.add(found.group(1));
            }
        }
        return names;
    }

    /** Whether a brace is neither doubled nor closed. */
    boolean isUnclosed() {
        return BRACE.matcher(text).results().anyMatch(found -> found.group().equals("{"));
    }

    /** With the values in their places. */
    String filled(UnaryOperator<String> values) {
        return BRACE.matcher(text)
                .replaceAll(
                        found -> Matcher.quoteReplacement(found.group(1) == null ? "{" : values.apply(found.group(1))));
    }
}
