package dev.ablate.engine.report;

import java.io.File;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a person types to start this program: {@code ablate}, {@code ./ablate}, {@code ../ablate}.
 *
 * @param name as a shell takes it for one word
 */
public record Program(String name) {

    /** The name in texts of the layers below the command line, which do not know how the program was started. */
    private static final String PLAIN = "ablate";

    /** A command of the program in a text, not in a path. */
    private static final Pattern COMMAND = Pattern.compile(
            "(?<![\\w./\\\\-])" + PLAIN
                    + "(?= (?:runs?|compare|report|validate|plan|render|list|describe|explain|predict|sync|ui|status|cancel|worker|completion|help)\\b)");

    /** A name and a password in an address. */
    private static final Pattern CREDENTIALS = Pattern.compile("(?<=//)[^/@]+@");

    private static final Pattern PLAIN_WORD =
            Pattern.compile("[\\p{L}\\p{N}_./:=,@%+" + (File.separatorChar == '\\' ? "\\\\" : "") + "-]+");

    /** The program under its own name. */
    public static final Program ABLATE = new Program(PLAIN);

    /** The program as it was started, in quotes where a shell needs them. */
    public static Program startedAs(String typed) {
        return typed.isEmpty() ? ABLATE : new Program(quoted(typed));
    }

    /** A command line to type: {@code ./ablate sync}. */
    public String command(String words) {
        return name + " " + words;
    }

    /** A command line of these words, each quoted where a shell needs it; without the credentials that stand in an address. */
    public String command(List<String> words) {
        return command(words.stream()
                .map(word -> quoted(CREDENTIALS.matcher(word).replaceAll("***@")))
                .collect(Collectors.joining(" ")));
    }

    /** A text with the commands in it as they are to be typed: {@code ablate ui} is {@code ./ablate ui}. */
    public String in(String text) {
        return name.equals(PLAIN) ? text : COMMAND.matcher(text).replaceAll(Matcher.quoteReplacement(name));
    }

    /** As a shell takes it for one word. */
    public static String quoted(String word) {
        return PLAIN_WORD.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
