package dev.ablate.engine.transfer;

import dev.ablate.engine.problem.RequestException;
import dev.ablate.engine.runs.ComparisonRecord;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.worker.exchange.RunResult;
import dev.ablate.worker.spec.RunKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Takes finished runs, and the comparisons that they are in, out of a store into a file, and from a file into a store. */
public final class RunTransfer {

    private final RunStore store;

    public RunTransfer(RunStore store) {
        this.store = store;
    }

    /**
     * What a file holds.
     *
     * @param runs how many runs
     * @param comparisons how many comparisons
     */
    public record Exported(int runs, int comparisons) {}

    /**
     * What became of a file's runs.
     *
     * @param added how many are new
     * @param there how many were there already, with the same figures
     * @param comparisons how many comparisons are new, or have new runs
     * @param refused those that are not taken, each with the reason: {@code run 1a2b3c4d is here with other figures (...)}
     */
    public record Imported(int added, int there, int comparisons, List<String> refused) {
        /** Copies the list. */
        public Imported {
            refused = List.copyOf(refused);
        }
    }

    /**
     * Writes finished runs into a file.
     *
     * @param file what is there is replaced
     * @param experiments names of comparisons, or of the experiments that they are filed under
     * @param keys at least 8 digits of the key of a run or a comparison, each; without these and experiments, it is all
     * @throws RequestException if nothing that has finished is meant
     * @throws IOException if it cannot be written
     */
    public Exported exports(Path file, List<String> experiments, List<String> keys) throws IOException {
        Map<RunKey, RunRecord> runs = new LinkedHashMap<>();
        List<ComparisonRecord> comparisons = chosen(experiments, keys, runs);
        if (runs.isEmpty()) {
            throw new RequestException("no run has finished that could be exported (ablate list runs)");
        }
        Manifest manifest = new Manifest(
                runs.values().stream()
                        // as they began, so that another home lists them in the same order, also those of one moment
                        .sorted(Comparator.comparing(RunRecord::start).thenComparing(RunRecord::id))
                        .map(run -> new Manifest.Run(run.key().hex(), run.results(), run.params()))
                        .toList(),
                comparisons.stream()
                        .map(comparison -> ComparisonJson.of(comparison, store))
                        .toList());
        RunsFile.write(
                file, manifest, run -> StoredResult.of(store, Objects.requireNonNull(runs.get(new RunKey(run.key())))));
        return new Exported(runs.size(), comparisons.size());
    }

    private List<ComparisonRecord> chosen(List<String> experiments, List<String> keys, Map<RunKey, RunRecord> runs) {
        boolean all = experiments.isEmpty() && keys.isEmpty();
        List<ComparisonRecord> comparisons = new ArrayList<>();
        Set<String> found = new HashSet<>();
        List<ComparisonRecord> stored = store.comparisons();
        for (int k = stored.size() - 1; k >= 0; k--) {
            ComparisonRecord comparison = stored.get(k);
            List<String> meant = new ArrayList<>();
            experiments.stream()
                    .filter(name -> comparison.name().equals(name)
                            || comparison.experiment().equals(name))
                    .forEach(meant::add);
            keys.stream().filter(digits -> comparison.key().startsWith(digits)).forEach(meant::add);
            found.addAll(meant);
            boolean some = false;
            if (all || !meant.isEmpty()) {
                for (ComparisonRecord.Member member : comparison.members()) {
                    some |= add(member.run(), runs);
                }
            }
            if (some) {
                comparisons.add(comparison);
            }
        }
        for (String name : experiments) {
            if (!found.contains(name)) {
                throw new RequestException("no comparison is called '" + name + "' (ablate status)");
            }
        }
        if (all) {
            store.newest(Integer.MAX_VALUE).forEach(run -> add(run, runs));
        }
        keys.stream().filter(digits -> !found.contains(digits)).forEach(digits -> addRun(digits, runs));
        return comparisons;
    }

    private static boolean add(RunRecord run, Map<RunKey, RunRecord> runs) {
        boolean finished = run.status() == RunStatus.FINISHED;
        if (finished) {
            runs.putIfAbsent(run.key(), run);
        }
        return finished;
    }

    private void addRun(String digits, Map<RunKey, RunRecord> runs) {
        List<RunRecord> found = store.findByPrefix(digits);
        if (found.size() != 1) {
            throw new RequestException((found.isEmpty() ? "no run or comparison" : "more than one run")
                    + " begins with '" + digits + "' (ablate list runs)");
        }
        if (!add(found.get(0), runs)) {
            throw new RequestException("run " + found.get(0).key().brief() + " has not finished");
        }
    }

    /**
     * Takes the runs of a file into the store; doing it twice is as good as once.
     *
     * @throws RequestException if it is not such a file, cut off or damaged: then nothing of it is taken
     * @throws IOException if it cannot be read
     */
    public Imported imports(Path file) throws IOException {
        Manifest manifest = RunsFile.read(file);
        // each can be read, before the first is stored
        RunsFile.each(file, manifest, result -> {});
        Map<String, Manifest.Run> described = new LinkedHashMap<>();
        manifest.runs().forEach(run -> described.put(run.key(), run));
        Set<String> without = new HashSet<>();
        List<String> refused = new ArrayList<>();
        int[] counts = new int[2];
        RunsFile.each(file, manifest, result -> {
            Manifest.Run run = described.get(result.key());
            if (run != null) {
                Optional<String> problem = take(run, result, counts);
                problem.ifPresent(words -> {
                    refused.add("run " + new RunKey(run.key()).brief() + " " + words);
                    without.add(run.key());
                });
            }
        });
        int comparisons = 0;
        for (Manifest.Compared comparison : manifest.comparisons()) {
            if (comparison.members().stream().anyMatch(member -> without.contains(member.key()))) {
                refused.add("comparison " + comparison.name() + " is left out, as it is of such runs");
            } else if (ComparisonJson.take(comparison, store)) {
                comparisons++;
            }
        }
        return new Imported(counts[0], counts[1], comparisons, refused);
    }

    /** Takes a run, and counts it as new or there; gives the reason where it is neither. */
    private Optional<String> take(Manifest.Run run, RunResult result, int... counts) {
        RunKey key = new RunKey(run.key());
        Optional<RunRecord> before = store.find(key).filter(RunRecord::hasEnded);
        if (before.isEmpty()
                && store.adopt(key, run.results(), run.params(), result).isPresent()) {
            counts[0]++;
            return Optional.empty();
        }
        Optional<RunRecord> there = store.find(key).filter(RunRecord::hasEnded);
        if (there.isEmpty()) {
            return Optional.of("is being trained here just now; import it again later");
        }
        Optional<String> difference = Figures.difference(store, there.get(), result);
        if (difference.isEmpty()) {
            counts[1]++;
        }
        return difference.map(words -> "is here with other figures, and stays as it is: " + words);
    }
}
