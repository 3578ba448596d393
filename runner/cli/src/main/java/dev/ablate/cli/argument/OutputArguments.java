package dev.ablate.cli.argument;

import dev.ablate.cli.terminal.Console;
import dev.ablate.engine.Forms;
import dev.ablate.engine.report.AtomicFile;
import dev.ablate.engine.report.Report;
import dev.ablate.engine.report.data.Tracking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How a result is written, and where to. */
public final class OutputArguments {

    /** A form of a result. */
    public enum Format {
        /** For people. */
        TABLE,
        /** For programs. */
        JSON,
        /** For spreadsheets. */
        CSV,
        /** For pull requests. */
        MD,
        /** For papers. */
        LATEX,
        /** For people who would rather look than read; of {@code report} and {@code compare} alone. */
        HTML;

        /** As it is typed. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static final class FormatConverter implements ITypeConverter<Format> {
        @Override
        public Format convert(String word) {
            for (Format format : Format.values()) {
                if (format.toString().equals(word)) {
                    return format;
                }
            }
            throw new TypeConversionException("must be table, json, csv, md, latex or html, got '" + word + "'");
        }
    }

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            converter = FormatConverter.class,
            description =
                    "table, json, csv, md or latex; with ${ROOT-COMMAND-NAME} report and compare also html (default: ${DEFAULT-VALUE})")
    private Format format;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "write the result to a file, all of it or nothing, instead of standard output")
    private @Nullable Path file;

    @Option(names = "--series", description = "with -f json: every recorded step of each run")
    private boolean series;

    private final boolean pages;

    /** For results that are not pages; a table unless asked otherwise. */
    public OutputArguments() {
        this(Format.TABLE, false);
    }

    /**
     * For results that may be pages.
     *
     * @param usual the form unless asked otherwise
     */
    public OutputArguments(Format usual) {
        this(usual, true);
    }

    private OutputArguments(Format usual, boolean pages) {
        this.format = usual;
        this.pages = pages;
    }

    public Format format() {
        return format;
    }

    public boolean series() {
        return series;
    }

    /** Whether a person reads the result as it comes. */
    public boolean isForReading() {
        return file == null && format == Format.TABLE;
    }

    /**
     * Checks that the options go together.
     *
     * @throws UsageException if the options do not go together, or the file cannot be written
     */
    public void check() {
        if (format == Format.HTML && !pages) {
            throw new UsageException("-f html goes with ablate report and ablate compare alone");
        }
        if (series && format != Format.JSON) {
            throw new UsageException("--series goes with -f json alone");
        }
        if (file != null && Files.isDirectory(file)) {
            throw new UsageException("-o names a folder: " + file);
        }
        Path folder = file == null ? null : file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new UsageException("-o: there is no folder " + folder);
        }
    }

    /** The option that asks for something else than a person reads, if one was given; else empty. */
    public String word() {
        return file != null ? "-o" : format == Format.TABLE ? "" : "-f " + format;
    }

    /** Where to, if a file was named. */
    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /** A report in the form that was asked for. */
    public String render(Forms forms, Report report, Tracking tracking, Forms.Look look) {
        return switch (format) {
            case TABLE -> forms.text(report, look).whole();
            case CSV -> forms.csv(report);
            case MD -> forms.markdown(report);
            case LATEX -> forms.latex(report);
            case JSON -> series ? forms.jsonWithSeries(report, tracking) : forms.json(report, tracking);
            case HTML -> throw new IllegalStateException("a page needs to know where its runs come from");
        };
    }

    public void write(Console console, String result) throws IOException {
        if (file == null) {
            console.result(result);
        } else {
            AtomicFile.write(file, result);
            console.report("written to " + file);
        }
    }
}
