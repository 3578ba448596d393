package dev.ablate.worker.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What plugins throw, in words: their exceptions may fail themselves, or be each other's cause. */
public final class Thrown {

    /** More causes than this are a circle. */
    private static final int DEEPEST = 50;

    private static final Pattern NEWER = Pattern.compile("^(\\S+) .*\\(class file version (\\d+)\\.\\d+\\)");

    /** The class file version of Java 1. */
    private static final int FIRST_VERSION = 44;

    private Thrown() {}

    /** It and its causes, from the outside in. */
    public static List<Throwable> chain(Throwable thrown) {
        List<Throwable> chain = new ArrayList<>();
        Optional<Throwable> next = Optional.of(thrown);
        while (next.isPresent() && chain.size() < DEEPEST) {
            chain.add(next.get());
            next = cause(next.get());
        }
        return chain;
    }

    private static Optional<Throwable> cause(Throwable thrown) {
        try {
            return Optional.ofNullable(thrown.getCause());
        } catch (Throwable e) {
            return Optional.empty();
        }
    }

    /** Its class and message on one line. */
    public static String words(Throwable thrown) {
        String text;
        try {
            text = String.valueOf(thrown);
        } catch (Throwable e) {
            text = thrown.getClass().getName();
        }
        return oneLine(text);
    }

    /** Its message; empty if it has none. */
    public static Optional<String> message(Throwable thrown) {
        try {
            return Optional.ofNullable(thrown.getMessage());
        } catch (Throwable e) {
            return Optional.empty();
        }
    }

    /** Without line breaks. */
    public static String oneLine(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining(" "));
    }

    /** Which Java a class needs that this one is too old for, and the way out; empty if that is not what is wrong. */
    public static Optional<String> newerJava(Throwable thrown) {
        if (!(thrown instanceof UnsupportedClassVersionError)) {
            return Optional.empty();
        }
        int here = Runtime.version().feature();
        Matcher found = NEWER.matcher(message(thrown).orElse(""));
        if (!found.find()) {
            return Optional.of("it is compiled for a newer Java than this, which is Java " + here);
        }
        int needed = Integer.parseInt(found.group(2)) - FIRST_VERSION;
        return Optional.of("class " + found.group(1).replace('/', '.') + " is compiled for Java " + needed
                + ", and this is Java " + here + "; run Ablate with Java " + needed
                + " or newer, or have the plugin compiled with --release " + here);
    }
}
