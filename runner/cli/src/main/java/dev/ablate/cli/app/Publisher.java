package dev.ablate.cli.app;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.ablate.cli.argument.GateArguments;
import dev.ablate.cli.argument.LayerArguments;
import dev.ablate.cli.argument.OutputArguments;
import dev.ablate.cli.argument.OutputArguments.Format;
import dev.ablate.cli.argument.QuestionArguments;
import dev.ablate.cli.argument.UsageException;
import dev.ablate.cli.terminal.AtomicFile;
import dev.ablate.cli.terminal.Console;
import dev.ablate.cli.terminal.ExitCode;
import dev.ablate.engine.report.Report;
import dev.ablate.engine.report.data.Tracking;
import dev.ablate.engine.report.html.IndexPage;
import dev.ablate.engine.runs.ComparisonRecord;
import dev.ablate.engine.runs.Home;
import dev.ablate.engine.runs.RunStore;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes what is stored for people to look at; trains nothing. */
public final class Publisher {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final int KEY = StoredComparisons.DIGITS;

    /** Of a name, in a file's: with key, ending, and what a draft adds, within the 255 bytes of any file system. */
    private static final int LONGEST_NAME = 150;

    private final Console console;
    private final Home home;
    private final RunStore store;
    private final Comparer comparer;
    private final Forms forms;

    @Inject
    Publisher(Console console, Home home, RunStore store, Comparer comparer, Forms forms) {
        this.console = console;
        this.home = home;
        this.store = store;
        this.comparer = comparer;
        this.forms = forms;
    }

    /** Does what {@code ablate report} was asked for. */
    public int report(Optional<String> spec, boolean all, LayerArguments layers, OutputArguments output)
            throws IOException {
        try {
            return write(spec, all, layers, output);
        } catch (IOException e) {
            boolean writable = Files.isWritable(home.folder());
            // one of a file system may say no more than a name
            if (output.file().isPresent() || (writable && e instanceof FileSystemException)) {
                throw e;
            }
            String what = writable ? e.getMessage() : home.reports() + " cannot be written";
            throw new IOException(what + "; -o FILE writes it elsewhere", e);
        }
    }

    private int write(Optional<String> spec, boolean all, LayerArguments layers, OutputArguments output)
            throws IOException {
        output.check();
        if (spec.isPresent() == all) {
            throw new UsageException(all ? "--all goes without a spec" : "name a spec, or say --all");
        }
        if (all) {
            if (layers.any() || output.format() != Format.HTML) {
                throw new UsageException("--all writes pages: --set, --seeds, --repeats and -f go with a spec alone");
            }
            index(output.file());
            return ExitCode.DONE;
        }
        Optional<ComparisonRecord> known = comparer.storedAlone(spec.orElseThrow());
        if (known.isPresent()) {
            return stored(known.get(), layers, output);
        }
        Comparer.Stored stored = comparer.stored(spec.orElseThrow(), layers);
        List<String> remarks = comparer.remarks("report", stored, spec.orElseThrow(), layers);
        Report report = stored.report().after(remarks);
        if (output.format() != Format.HTML) {
            output.write(console, forms.of(report, output, Tracking.NONE));
            return ExitCode.DONE;
        }
        String command =
                layers.invocation(console.program(), spec.orElseThrow()).command();
        if (stored.ended() == 0) {
            throw new UsageException((remarks.isEmpty()
                            ? "no run of it has ended, so there is nothing to show"
                            : "no run of it as it is now has ended")
                    + "; to run it: " + command
                    + remarks.stream().map(remark -> "\n    " + remark).collect(Collectors.joining()));
        }
        String key = stored.planned().plan().key();
        Path file = output.file().isPresent()
                ? output.file().get()
                : reports().resolve(name(stored.planned().plan().name(), key));
        AtomicFile.write(file, forms.page(report, command, stored.planned().origins()));
        remarks.forEach(console::report);
        console.resultLine(file.toString());
        return ExitCode.DONE;
    }

    /** A comparison as it was when it ended: nothing is planned, so that its spec and its data need not be there. */
    private int stored(ComparisonRecord comparison, LayerArguments layers, OutputArguments output) throws IOException {
        if (layers.any() || output.series()) {
            throw new UsageException("'" + comparison.name()
                    + "' is from the store: --set, --seeds, --repeats and --series go with a spec alone");
        }
        String kept = switch (output.format()) {
            case HTML -> "report.html";
            case MD -> "report.md";
            case JSON -> "report.json";
            case CSV -> "runs.csv";
            case TABLE -> "";
        };
        if (kept.isEmpty()) {
            return comparer.ofComparison(comparison, new QuestionArguments(), new GateArguments(), output);
        }
        byte[] content = store.files(comparison.key()).get(kept);
        if (content == null) {
            throw new UsageException(comparison.name() + " (" + comparison.key().substring(0, KEY)
                    + ") has not come to its end, so there is no report of it: run its spec again");
        }
        if (output.format() != Format.HTML) {
            output.write(console, text(content));
            return ExitCode.DONE;
        }
        Path file = output.file().isPresent()
                ? output.file().get()
                : reports().resolve(name(comparison.name(), comparison.key()));
        AtomicFile.write(file, text(content));
        console.resultLine(file.toString());
        return ExitCode.DONE;
    }

    /** Every report as it was when its comparison ended, and one page that links them, side by side. */
    private void index(Optional<Path> asked) throws IOException {
        Path index =
                asked.isPresent() ? asked.get().toAbsolutePath() : reports().resolve("index.html");
        List<IndexPage.Entry> entries = new ArrayList<>();
        for (ComparisonRecord comparison : store.comparisons()) {
            Map<String, byte[]> files = store.files(comparison.key());
            Optional<String> file = Optional.ofNullable(files.get("report.html"))
                    .map(page -> name(comparison.name(), comparison.key()));
            if (file.isPresent()) {
                AtomicFile.write(index.resolveSibling(file.get()), text(files.get("report.html")));
            }
            entries.add(new IndexPage.Entry(
                    comparison.name(),
                    comparison.key().substring(0, KEY),
                    file,
                    sentence(text(files.get("report.json"))),
                    comparison.members().size(),
                    TIME.format(comparison.ended().orElse(comparison.created()))));
        }
        AtomicFile.write(index, IndexPage.render(entries));
        console.resultLine(index.toString());
    }

    private Path reports() throws IOException {
        Home.create(home.reports());
        return home.reports();
    }

    /** A file's name that any system takes, and no other comparison has. */
    private static String name(String comparison, String key) {
        String plain = comparison.replaceAll("[^A-Za-z0-9._-]", "_");
        // the key distinguishes what is cut alike
        String cut = plain.substring(0, Math.min(plain.length(), LONGEST_NAME));
        return cut + "-" + key.substring(0, KEY) + ".html";
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    private static String sentence(String json) {
        if (json.isEmpty()) {
            return "";
        }
        try {
            return JsonParser.parseString(json)
                    .getAsJsonObject()
                    .get("sentence")
                    .getAsString();
        } catch (JsonParseException e) {
            // of another version: the report itself still says it
            return "";
        }
    }
}
