package dev.ablate.cli.terminal;

import dev.ablate.engine.Forms;
import dev.ablate.engine.report.Program;
import dev.ablate.engine.report.layout.Printable;
import dev.ablate.engine.report.layout.Style;
import dev.ablate.engine.report.text.Detail;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Speaks to a person or a program: results on one stream, all else on the other.
 *
 * <p>A reader that goes away ({@code | head}) is not an error. Colours are settled by {@code --no-color}, else {@code NO_COLOR}, else
 * {@code CLICOLOR_FORCE}, else by whether it is a terminal.
 */
public final class Console {

    /** As long as a screen is large. */
    private static final int LONGEST_LINE = 1_500;

    private final Surroundings surroundings;
    private boolean colour = true;
    private boolean quiet;
    private boolean verbose;
    private boolean progress = true;
    private String again = "";
    private List<String> words = List.of();
    private @Nullable Working working;

    /** Speaks on the streams of its surroundings. */
    public Console(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Takes what the command line says about speaking. */
    public void set(boolean noColour, boolean isQuiet, boolean isVerbose, boolean noProgress) {
        colour = !noColour;
        quiet = isQuiet;
        verbose = isVerbose;
        progress = !noProgress;
    }

    /** Takes what was typed behind the program's name. */
    public void typed(List<String> typed) {
        words = List.copyOf(typed);
        again = program().command(typed);
    }

    /** What was typed behind the program's name, with all that is in it. */
    public List<String> words() {
        return words;
    }

    /** The command line that does the same again, with all that was given; without credentials. */
    public String again() {
        return again;
    }

    /** Shows, to a person who waits, that the program is at work; closing what is returned ends that. */
    public synchronized Shown work() {
        if (!showsProgress() || !messagesOnTerminal()) {
            return () -> {};
        }
        Working line = new Working(surroundings.err(), "working", System.nanoTime());
        working = line;
        line.begin();
        return line::close;
    }

    /** Says, to a person who waits, what is being done from now on: {@code reading results.csv}. */
    public void doing(String what) {
        atWork(line -> line.does(Printable.line(what)));
    }

    /** Whether progress is to be shown. */
    boolean showsProgress() {
        return progress && !quiet;
    }

    /** Leaves the place where {@link #doing} is shown to something else, until what is returned is closed. */
    Shown pause() {
        atWork(Working::pause);
        return () -> atWork(Working::resume);
    }

    private synchronized void atWork(Consumer<Working> act) {
        if (working != null) {
            act.accept(working);
        }
    }

    /** Something that is shown until it is closed. */
    public interface Shown extends AutoCloseable {
        @Override
        void close();
    }

    /** What a person types to start this program. */
    public Program program() {
        return surroundings.program();
    }

    /** Whether every detail is wanted. */
    public boolean verbose() {
        return verbose;
    }

    /** Whether a person reads the results as they come. */
    public boolean isTerminal() {
        return surroundings.outIsTerminal();
    }

    /** Whether a person reads the results on a terminal that has more than ASCII's characters. */
    private boolean showsBlocks() {
        return isTerminal()
                && Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                        .map(name -> surroundings.environment().getOrDefault(name, ""))
                        .filter(locale -> !locale.isEmpty())
                        .limit(1)
                        .map(locale -> locale.toUpperCase(Locale.ROOT))
                        .anyMatch(locale -> locale.endsWith("UTF-8") || locale.endsWith("UTF8"));
    }

    /** Whether a person reads messages as they come. */
    boolean messagesOnTerminal() {
        return surroundings.errIsTerminal();
    }

    /** How reports are to look. */
    public Forms.Look look() {
        return new Forms.Look(style(), verbose ? Detail.ALL : Detail.BRIEF, showsBlocks());
    }

    /** How results are to look. */
    public Style style() {
        return style(surroundings.outIsTerminal());
    }

    /** Prints a piece of a result, which is printable and ends with a line break. */
    public void result(String text) {
        atWork(Working::clear);
        surroundings.out().print(text);
    }

    /** Prints a line of a result, whatever is in it. */
    public void resultLine(String line) {
        result(Printable.line(line) + "\n");
    }

    /** Prints a line of a result in words of the program's own, whose commands are printed as they are to be typed. */
    public void hint(String line) {
        resultLine(program().in(line));
    }

    /** Prints how things go, unless the person asked for quiet. */
    public void report(String line) {
        if (!quiet) {
            error(line);
        }
    }

    /** Prints details, if the person asked for them. */
    void detail(String line) {
        if (verbose) {
            error(line);
        }
    }

    /** Prints what went wrong, always; a command of the program in it is printed as it is to be typed. */
    public void error(String lines) {
        atWork(Working::clear);
        String text = Printable.lines(program().in(lines));
        surroundings.err().println(verbose ? text : Printable.brief(text, LONGEST_LINE, "-v shows them"));
        surroundings.err().flush();
    }

    /** Prints where something went wrong, for a person who mends it. */
    public void trace(Throwable thrown) {
        atWork(Working::clear);
        thrown.printStackTrace(surroundings.err());
        surroundings.err().flush();
    }

    private Style style(boolean terminal) {
        Map<String, String> environment = surroundings.environment();
        if (!colour || !environment.getOrDefault("NO_COLOR", "").isEmpty()) {
            return Style.PLAIN;
        }
        String force = environment.getOrDefault("CLICOLOR_FORCE", "0");
        boolean forced = !force.isEmpty() && !force.equals("0");
        boolean dumb = environment.getOrDefault("TERM", "").equals("dumb");
        return forced || (terminal && !dumb) ? Style.COLOURED : Style.PLAIN;
    }
}
