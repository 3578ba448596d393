package dev.ablate.runner.cli;

import dev.ablate.runner.cli.terminal.AtomicFile;
import dev.ablate.runner.cli.terminal.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How a result is written, and where to. */
final class OutputArguments {

    /** A form of a result. */
    enum Format {
        /** For people. */
        TABLE,
        /** For programs. */
        JSON,
        /** For spreadsheets. */
        CSV
    }

    static final class FormatConverter implements ITypeConverter<Format> {
        @Override
        public Format convert(String word) {
            for (Format format : Format.values()) {
                if (format.name().toLowerCase(Locale.ROOT).equals(word)) {
                    return format;
                }
            }
            throw new TypeConversionException("must be table, json or csv, got '" + word + "'");
        }
    }

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            converter = FormatConverter.class,
            description = "table (default), json or csv")
    private Format format = Format.TABLE;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "write the result to a file, all of it or nothing, instead of standard output")
    private @Nullable Path file;

    @Option(names = "--series", description = "with -f json: every recorded step of each run")
    private boolean series;

    Format format() {
        return format;
    }

    boolean series() {
        return series;
    }

    /** Whether a person reads the result as it comes. */
    boolean isForReading() {
        return file == null && format == Format.TABLE;
    }

    /**
     * @throws UsageException if the options do not go together, or the file cannot be written
     */
    void check() {
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

    void write(Console console, String result) throws IOException {
        if (file == null) {
            console.result(result);
        } else {
            AtomicFile.write(file, result);
            console.tell("written to " + file);
        }
    }
}
