package dev.ablate.engine.launch;

import com.google.common.collect.Lists;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.problem.RequestException;
import dev.ablate.engine.runs.Provenance;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.worker.exchange.ExchangeException;
import dev.ablate.worker.exchange.ResultFile;
import dev.ablate.worker.exchange.ResultSink;
import dev.ablate.worker.exchange.RunEnding;
import dev.ablate.worker.exchange.RunResult;
import dev.ablate.worker.spec.RunKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Takes results from the exchange's folder into the store, and notes of a run that has none why that is so. */
final class Results {

    /** So many results are in memory at a time. */
    private static final int TOGETHER = 100;

    private final RunStore store;
    private final Collector collector;
    private final Jobs jobs;
    private final boolean patch;
    private final Supplier<Provenance> provenance;
    private final Clock clock;

    /** What {@link #collectPlain} has stored. */
    private final Set<RunKey> collected = new HashSet<>();

    /** Why results of runs were refused, by key. */
    private final Map<RunKey, String> refused = new HashMap<>();

    /**
     * @param patch whether the text of the patch is stored
     */
    Results(RunStore store, Jobs jobs, boolean patch, Supplier<Provenance> provenance, Clock clock) {
        this.store = store;
        this.collector = new Collector(store);
        this.jobs = jobs;
        this.patch = patch;
        this.provenance = provenance;
        this.clock = clock;
    }

    /** Collects what results there are of runs that have been submitted, many at a time, as far as nothing is odd about them. */
    void collectPlain(List<PlannedRun> runs) {
        runs.forEach(run -> jobs.requireNoOther(run.key(), run.label()));
        for (List<PlannedRun> some : Lists.partition(runs, TOGETHER)) {
            Map<RunKey, RunRecord> there =
                    store.find(some.stream().map(PlannedRun::key).toList());
            List<RunStore.Elsewhere> results = new ArrayList<>();
            for (PlannedRun run : some) {
                Optional<RunRecord> known = Optional.ofNullable(there.get(run.key()));
                boolean submitted = jobs.attempts(run.key()) > 0
                        || known.filter(record -> record.status() == RunStatus.QUEUED)
                                .isPresent();
                if (submitted && known.filter(RunRecord::hasEnded).isEmpty()) {
                    read(run).map(result -> new RunStore.Elsewhere(run, result)).ifPresent(results::add);
                }
            }
            if (!results.isEmpty()) {
                collected.addAll(collector.collectPlain(results));
            }
        }
    }

    private Optional<RunResult> read(PlannedRun run) {
        Path file = jobs.folder().task(run).result();
        try {
            return Files.exists(file) ? Optional.of(withPatch(ResultFile.read(file))) : Optional.empty();
        } catch (ExchangeException e) {
            return Optional.empty();
        }
    }

    /** Collects a run's result, if there is one; true if none will come of what was submitted. */
    boolean collect(PlannedRun run) {
        if (collected.contains(run.key())) {
            return false;
        }
        Path file = jobs.folder().task(run).result();
        boolean over = !jobs.has(run.key()) && jobs.attempts(run.key()) > 0;
        if (!Files.exists(file)) {
            return over;
        }
        RunResult result;
        try {
            result = ResultFile.read(file);
        } catch (ExchangeException e) {
            refuse(run, e);
            return over;
        }
        Optional<RunStatus> before = store.find(run.key()).map(RunRecord::status);
        try {
            RunRecord record = collector.collect(run, withPatch(result));
            boolean lost = over && !record.hasEnded();
            if (lost && Files.isDirectory(jobs.folder().checkpoint(run.key()))) {
                // it was ended from outside and goes on from there, and such a job does not count
                jobs.forget(run.key());
            }
            return lost;
        } catch (ExchangeException e) {
            Path aside = refuse(run, e);
            if (before.isPresent() && before.get() != RunStatus.QUEUED) {
                // two results of one run that differ are a finding, and no noise
                throw new RequestException(e.getMessage() + "; the other result is " + aside);
            }
            return over;
        }
    }

    /** Whether a run has a result that says that another seed gives another: then it is needed, whatever the first of its cell says. */
    boolean differsBySeed(PlannedRun run) {
        // one that cannot be read is refused when it is due
        return read(run)
                .filter(result -> result.status() == RunResult.Status.FINISHED && !result.deterministic())
                .isPresent();
    }

    private Path refuse(PlannedRun run, ExchangeException e) {
        Path aside = jobs.folder().setAside(run);
        refused.put(run.key(), e.getMessage() + " (it is " + aside + " now)");
        return aside;
    }

    /** The text of a patch does not travel: where the run was trained with this one, it is stored from here. */
    private RunResult withPatch(RunResult result) {
        Provenance here = patch ? provenance.get() : Provenance.NONE;
        Optional<String> hash = here.get(Provenance.GIT_PATCH_SHA256);
        Optional<String> text = here.get(Provenance.GIT_PATCH);
        if (text.isEmpty()
                || !hash.equals(Optional.ofNullable(result.provenance().get(Provenance.GIT_PATCH_SHA256)))) {
            return result;
        }
        Map<String, String> whole = new LinkedHashMap<>(result.provenance());
        whole.put(Provenance.GIT_PATCH, text.get());
        return result.withProvenance(whole);
    }

    /** Gives a run up that no job brings to an end, and says what is stored of it then. */
    RunRecord fail(PlannedRun run) {
        String words = jobs.lastEnded(run.key())
                .map(job -> jobs.lastWords(job, run.label()))
                .orElse("");
        String reason = Optional.ofNullable(refused.get(run.key()))
                .or(() ->
                        Optional.of(words).filter(text -> !text.isEmpty()).map(text -> "the last one printed: " + text))
                .map(text -> "; " + text)
                .orElse("");
        RunEnding ending = RunEnding.failed(
                "has no result after " + jobs.attempts(run.key()) + " jobs of " + jobs.called() + reason, false, 0, "");
        RunResult result = new ResultSink(clock, () -> jobs.folder().checkpoint(run.key()))
                .result(
                        run.key().hex(),
                        RunSpecs.leaves(run),
                        ending,
                        provenance.get().values(),
                        ending.log());
        store.submit(run, Set.of());
        return collector.collect(run, result);
    }
}
