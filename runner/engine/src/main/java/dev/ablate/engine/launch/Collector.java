package dev.ablate.engine.launch;

import dev.ablate.engine.model.ModelGraphs;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.transfer.Figures;
import dev.ablate.worker.exchange.ExchangeException;
import dev.ablate.worker.exchange.RunResult;
import dev.ablate.worker.exchange.RunResult.Status;
import dev.ablate.worker.spec.KeyText;
import dev.ablate.worker.spec.RunKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes results of runs that were submitted and trained elsewhere into the store, each once, and nothing else. */
final class Collector {

    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);

    private final RunStore store;

    /** Collects into a store. */
    public Collector(RunStore store) {
        this.store = store;
    }

    /**
     * Stores a result; doing it twice is as good as once.
     *
     * @param run what was submitted
     * @return the run as the store has it now; as it was where the result is of a run that was ended from outside, which stays submitted
     * @throws ExchangeException if the result is of another run, or comes from other data, plugins or settings; if the run was not
     *     submitted, or is trained just now; or if the store has another result of it
     */
    public RunRecord collect(PlannedRun run, RunResult result) {
        requireSame(run, result);
        if (!result.log().isEmpty()) {
            LOG.debug("run {}: {}", run.label(), result.log());
        }
        RunRecord there = store.find(run.key())
                .orElseThrow(() -> new ExchangeException("run " + run.label() + " was not submitted"));
        if (there.status() != RunStatus.QUEUED) {
            requireEqual(run, there, result);
            return there;
        }
        if (result.status() == Status.KILLED) {
            return there;
        }
        return store.collect(run, ModelGraphs.added(result))
                .orElseThrow(() -> new ExchangeException("run " + run.label() + " is trained here just now"));
    }

    /**
     * Stores results of runs that have been submitted, as far as that is plain: {@link #collect} has the rest, and says what is wrong.
     *
     * @param results of runs of which the store has no result
     * @return the runs whose results are stored
     */
    Set<RunKey> collectPlain(List<RunStore.Elsewhere> results) {
        return store.collect(results.stream()
                        .filter(Collector::isPlain)
                        .map(each -> new RunStore.Elsewhere(each.run(), ModelGraphs.added(each.result())))
                        .toList())
                .keySet();
    }

    private static boolean isPlain(RunStore.Elsewhere each) {
        try {
            requireSame(each.run(), each.result());
            return each.result().status() != Status.KILLED;
        } catch (ExchangeException e) {
            return false;
        }
    }

    private static void requireSame(PlannedRun run, RunResult result) {
        if (!result.key().equals(run.key().hex())) {
            throw new ExchangeException("the result is not of run " + run.label() + ", whose key is "
                    + run.key().brief() + ": it is of " + result.key());
        }
        String submitted = RunSpecs.leaves(run);
        if (!KeyText.hash(run.leaves()).equals(run.key().hex())
                || !result.leaves().equals(submitted)) {
            throw new ExchangeException("run " + run.label() + " was trained elsewhere with something else: "
                    + difference(submitted, result.leaves()));
        }
    }

    /** {@code dataset.content.sha256 is 12ab, and was 34cd when it was submitted}. */
    private static String difference(String submitted, String found) {
        Map<String, String> was = KeyText.leaves(submitted);
        Map<String, String> is = KeyText.leaves(found);
        return is.entrySet().stream()
                .filter(leaf -> !leaf.getValue().equals(was.get(leaf.getKey())))
                .findFirst()
                .map(leaf -> leaf.getKey() + " is " + leaf.getValue() + ", and was "
                        + was.getOrDefault(leaf.getKey(), "not there") + " when it was submitted")
                .or(() -> was.keySet().stream()
                        .filter(path -> !is.containsKey(path))
                        .findFirst()
                        .map(path -> path + " is not there"))
                .orElse("in another order");
    }

    /** Two results of one run are equal, but for times and machine: that they are not is a finding, and no noise. */
    private void requireEqual(PlannedRun run, RunRecord there, RunResult result) {
        if (there.status() == RunStatus.RUNNING) {
            throw new ExchangeException("run " + run.label() + " was not submitted: it is trained here");
        }
        Optional<String> differs = Figures.difference(store, there, result);
        if (differs.isPresent()) {
            throw new ExchangeException("two results of run " + run.label()
                    + " are not equal, though they come from the same data, plugins and settings: " + differs.get());
        }
    }
}
