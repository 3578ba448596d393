package dev.ablate.engine;

import dev.ablate.engine.compare.source.RunsComparison;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.problem.RequestException;
import dev.ablate.engine.report.AtomicFile;
import dev.ablate.engine.report.html.IndexPage;
import dev.ablate.engine.runs.ComparisonRecord;
import dev.ablate.engine.runs.Home;
import dev.ablate.engine.runs.RunStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes reports as pages. */
public final class Pages {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final int KEY = StoredComparisons.DIGITS;

    /** Of a name, in a file's: with key, ending, and what a draft adds, within the 255 bytes of any file system. */
    private static final int LONGEST_NAME = 150;

    private final Home home;
    private final RunStore store;

    Pages(Home home, RunStore store) {
        this.home = home;
        this.store = store;
    }

    /**
     * Writes what came of an experiment.
     *
     * @param file where to; empty: into the home's folder of reports
     * @return the file
     * @throws RequestException if no run has ended
     */
    public Path write(ExperimentResult result, Optional<Path> file) throws IOException {
        String page = result.page();
        Plan plan = result.comparison().plan();
        return write(page, plan.name(), plan.key(), file);
    }

    /**
     * Writes a page of runs that no spec speaks for.
     *
     * @param page as {@link Forms#page(dev.ablate.engine.report.Report, String, Map)} gives it
     * @param file where to; empty: into the home's folder of reports, where the same question replaces it
     * @return the file
     */
    public Path write(RunsComparison asked, String page, Optional<Path> file) throws IOException {
        return write(page, asked.question().name(), asked.key(), file);
    }

    /**
     * Writes the page of a comparison as it was when it ended.
     *
     * @throws RequestException if it has not come to its end
     */
    public Path write(ComparisonRecord comparison, Optional<Path> file) throws IOException {
        return write(document(comparison, "report.html"), comparison.name(), comparison.key(), file);
    }

    /**
     * A document of a comparison as it was when it ended: nothing is planned, so that its spec and its data need not be there.
     *
     * @param name {@code report.html}, {@code report.md}, {@code report.json} or {@code runs.csv}
     * @throws RequestException if it has not come to its end
     */
    public String document(ComparisonRecord comparison, String name) {
        byte[] content = store.files(comparison.key()).get(name);
        if (content == null) {
            throw new RequestException(
                    comparison.name() + " (" + comparison.key().substring(0, KEY)
                            + ") has not come to its end, so there is no report of it: run its spec again");
        }
        return text(content);
    }

    private Path write(String page, String name, String key, Optional<Path> asked) throws IOException {
        Path file = asked.isPresent() ? asked.get() : reports().resolve(name(name, key));
        AtomicFile.write(file, page);
        return file;
    }

    /**
     * Writes every report as it was when its comparison ended, and one page that links them, side by side.
     *
     * @param asked where to; empty: into the home's folder of reports
     * @return the page that links them
     */
    public Path index(Optional<Path> asked) throws IOException {
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
                    comparison.sentence(),
                    comparison.members().size(),
                    TIME.format(comparison.ended().orElse(comparison.created()))));
        }
        AtomicFile.write(index, IndexPage.render(entries));
        return index;
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
}
