package dev.ablate.reader.file;

import dev.ablate.core.option.Option;
import dev.ablate.core.option.Refused;
import dev.ablate.reader.csv.Encoding;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a file of rows is written, as options of whoever reads it.
 *
 * <p>What is given as it is by default counts as not given, so that options that mean the same are equal.
 */
public record FileFormat(
        @Option(
                help = "whether the first line names the columns; auto: if it names the target, or holds no number",
                fallback = "auto")
        Optional<HeaderLine> header,

        @Option(help = "lines above the header that are left out, such as a title", fallback = "0", atLeast = 0)
        Optional<Integer> skip,

        @Option(
                help =
                        "what stands between two values of a file: a character, spaces for runs of blanks, or auto for the one of"
                                + " ',', ';', \"\\t\", '|' and spaces that cuts it into columns",
                fallback = "auto")
        Optional<String> separator,

        @Option(help = "what stands before the decimals of a number: '.' or ','", fallback = "'.'")
        Optional<String> decimal,

        @Option(
                help = "how characters are written; by default utf-8, or utf-16 if the file begins with its mark",
                fallback = "utf-8")
        Optional<Encoding> encoding,

        @Option(
                help = "what stands for a missing value; an empty one is always missing",
                fallback = "['', NA, N/A, NaN, 'null', '?']")
        Optional<List<String>> na,

        @Option(help = "what stands before each three digits of a large number, such as ','; by default nothing")
        Optional<String> thousands) {

    static final String AUTO = "auto";
    static final String SPACES = "spaces";

    private static final String ONE = "must be one character such as ',', ';', '|' or \"\\t\"";
    private static final List<String> MISSING = List.of("", "NA", "N/A", "NaN", "null", "?");

    /**
     * Leaves out what is so by default.
     *
     * @throws Refused if an option is not what it must be, or options do not fit together
     */
    public FileFormat {
        header = header.filter(line -> line != HeaderLine.AUTO);
        skip = skip.filter(lines -> lines > 0);
        decimal = decimal.filter(point -> !point.equals("."));
        na = na.filter(words -> !words.equals(MISSING)).map(List::copyOf);
        Refused.Reasons reasons = Refused.reasons();
        reasons.addIf(
                separator.isPresent() && !isSeparator(separator.get()),
                "separator",
                ONE + ", and none that numbers or names are made of; or spaces, or auto");
        reasons.addIf(decimal.isPresent() && !decimal.get().equals(","), "decimal", "must be '.' or ','");
        if (thousands.isPresent()) {
            reasons.addIf(
                    !thousands.get().matches("[.,'_ \u00a0\u202f\u2019]"),
                    "thousands",
                    "must be ',', '.', \"'\", '_' or ' '");
            reasons.addIf(
                    thousands.get().equals(decimal.orElse(".")),
                    "thousands",
                    "is the decimal mark, too: give decimal: '" + (decimal.isPresent() ? "." : ",") + "'");
        }
        reasons.throwIfAny();
    }

    private static boolean isSeparator(String text) {
        // one char, as the reader wants it: some characters are two
        return text.equals(AUTO)
                || text.equals(SPACES)
                || (text.length() == 1 && text.matches("[^\\p{Alnum}\\s\"'.+-]|[ \\t]"));
    }

    /** Nothing is given. */
    public static FileFormat none() {
        return new FileFormat(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** With the separator that is used by default. */
    public FileFormat ofFile() {
        return new FileFormat(header, skip, Optional.of(separator.orElse(AUTO)), decimal, encoding, na, thousands);
    }

    /** With what is said of the first line. */
    public FileFormat with(HeaderLine line) {
        return new FileFormat(Optional.of(line), skip, separator, decimal, encoding, na, thousands);
    }

    /** With another encoding. */
    public FileFormat in(Encoding another) {
        return new FileFormat(header, skip, separator, decimal, Optional.of(another), na, thousands);
    }

    char point() {
        return decimal.orElse(".").charAt(0);
    }

    /** What stands for a missing value; nothing always does. */
    Set<String> missing() {
        Set<String> words = new HashSet<>(na.orElse(MISSING));
        words.add("");
        return words;
    }
}
