package dev.ablate.cli;

import dev.ablate.cli.argument.UsageException;
import dev.ablate.cli.terminal.Console;
import dev.ablate.cli.terminal.ExitCode;
import dev.ablate.cli.terminal.NativeCharset;
import dev.ablate.cli.terminal.ResultStream;
import dev.ablate.core.data.DataException;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.RequestException;
import dev.ablate.engine.problem.SpecException;
import dev.ablate.engine.problem.Suggestion;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.report.layout.Printable;
import dev.ablate.engine.runs.StoreException;
import dev.ablate.mlflow.server.LocalServerException;
import dev.ablate.worker.catalog.PluginException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong in words that help, and turns it into an exit code. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {

    /** The beginning of picocli's words for a value that makes no sense, with the option's or the parameter's name. */
    private static final Pattern INVALID = Pattern.compile(
            "^invalid value for (?:option '([^']+)'(?: \\([^)]*\\))?|positional parameter at index \\S+ \\(([^)]*)\\)): ");

    private final Console console;

    Failures(Console console) {
        this.console = console;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine line = failure.getCommandLine();
        console.error("error: " + words(failure, line));
        console.error("see: " + line.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception cause, CommandLine line, ParseResult parsed) throws IOException {
        if (console.verbose()
                && !(cause instanceof UsageException)
                && !(cause instanceof RequestException)
                && !(cause instanceof SpecException)) {
            console.trace(cause);
        }
        if (cause instanceof SpecException spec) {
            return problems(spec.problems());
        }
        if (cause instanceof UsageException || cause instanceof RequestException) {
            console.error("error: " + cause.getMessage());
            return ExitCode.USAGE;
        }
        if (cause instanceof InvalidPathException path) {
            console.error("error: '" + path.getInput() + "' cannot be a file's name"
                    + NativeCharset.advice().orElse(": " + path.getReason()));
            return ExitCode.USAGE;
        }
        if (cause instanceof LocalServerException) {
            console.error("error: " + cause.getMessage());
            return ExitCode.FAILED;
        }
        if (cause instanceof DataException data) {
            console.error("error: " + Printable.line(data.place() + ": " + data.getMessage()));
            data.further().forEach(problem -> console.error("    " + Printable.line(problem)));
            return ExitCode.FAILED;
        }
        if (cause instanceof StoreException || cause instanceof PluginException) {
            console.error("error: " + cause.getMessage());
            return ExitCode.FAILED;
        }
        if (cause instanceof IOException || cause instanceof UncheckedIOException) {
            console.error("error: "
                    + words(
                            cause instanceof UncheckedIOException && cause.getCause() != null
                                    ? cause.getCause()
                                    : cause));
            return ExitCode.FAILED;
        }
        return bug(cause);
    }

    /** The exit code of a command that ended with one, now that all was printed that could be. */
    int printed(ResultStream out, int code) {
        if (out.problem().isEmpty()) {
            return code;
        }
        console.error("error: the result could not be printed: " + out.problem().get());
        return code == ExitCode.DONE ? ExitCode.FAILED : code;
    }

    /** A mistake in the program, or a Java that cannot go on. */
    int bug(Throwable cause) {
        console.error("error: a bug in Ablate: " + cause + (console.verbose() ? "" : "; with -v it says where"));
        return ExitCode.BUG;
    }

    private int problems(List<Problem> problems) {
        problems.forEach(problem -> console.error(problem.render()));
        long errors = problems.stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .count();
        console.error(Numbers.count(errors, "error") + "; nothing was run.");
        return ExitCode.USAGE;
    }

    /** Some say no more than the name of a file. */
    private static String words(Throwable failure) {
        String words = String.valueOf(failure.getMessage());
        if (!(failure instanceof FileSystemException file) || file.getReason() != null) {
            return words;
        }
        return words + ": "
                + (failure instanceof NoSuchFileException
                        ? "there is no such file"
                        : failure instanceof AccessDeniedException
                                ? "access denied"
                                : failure.getClass().getSimpleName());
    }

    private static String words(ParameterException failure, CommandLine line) {
        if (failure instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()
                && missing.getMissing().get(0) instanceof PositionalParamSpec parameter) {
            return parameter.paramLabel() + " is missing: " + String.join(" ", parameter.description());
        }
        if (!(failure instanceof UnmatchedArgumentException unmatched)) {
            return INVALID.matcher(lowerCase(String.valueOf(failure.getMessage())))
                    .replaceFirst("$1$2 ");
        }
        String word = unmatched.getUnmatched().get(0);
        boolean option = word.startsWith("-");
        String bare = option && word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
        List<String> known = option
                ? line.getCommandSpec().options().stream()
                        .flatMap(known2 -> Stream.of(known2.names()))
                        .toList()
                : List.copyOf(line.getSubcommands().keySet());
        String what = option ? "no option" : known.isEmpty() ? "there is no place for" : "no command";
        return Suggestion.unknown(what, bare, known);
    }

    private static String lowerCase(String message) {
        return message.isEmpty() ? message : Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }
}
