package dev.ablate.engine.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.engine.Ablate;
import dev.ablate.engine.fixture.TestPlugins;
import dev.ablate.engine.kinds.KindsPlugin;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.Provenance;
import dev.ablate.worker.catalog.Plugins;
import dev.ablate.worker.context.RunContext;
import dev.ablate.worker.context.RunContexts;
import dev.ablate.worker.exchange.ExchangeException;
import dev.ablate.worker.exchange.RunSpecFile;
import dev.ablate.worker.spec.PluginSpec;
import dev.ablate.worker.spec.RunSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run is made of its spec as it was submitted, or not at all. */
class RunContextsTest {

    private static final String TOYS = """
            version: 1
            name: toys
            dataset: { plugin: toys }
            trainer: { plugin: averaging, updates: 9 }
            variants: { averaging: {}, midpoint: { trainer: { plugin: midpoint } } }
            compare: { primary: within_one }
            """;

    private final ClassLoader loader = TestPlugins.loader(KindsPlugin.class);

    @TempDir
    private Path folder;

    private PlannedRun planned;
    private RunSpec spec;

    @BeforeEach
    void submit() {
        try (Ablate ablate =
                Ablate.builder().home(folder.resolve("home")).plugins(loader).build()) {
            planned = ablate.experiment("toys", TOYS).plan().runs().get(0);
        }
        ExchangeFolder exchange = new ExchangeFolder(folder, TestPlugins.noCommand());
        spec = RunSpecFile.read(exchange.write(planned, Provenance.NONE).file());
    }

    private RunContext made(RunSpec of) {
        return new RunContexts(Plugins.find(loader, List.of()), Map.of()).of(of, folder);
    }

    @Test
    void haveAllThatWasPlanned() {
        RunContext context = made(spec);
        RunContext before = planned.context();
        assertThat(context.preparation()).isEqualTo(before.preparation());
        assertThat(context.dataset().contentHash()).isEqualTo(before.dataset().contentHash());
        assertThat(context.trainer().options()).isEqualTo(before.trainer().options());
        assertThat(context.metrics().all())
                .extracting(metric -> metric.name())
                .isEqualTo(before.metrics().all().stream()
                        .map(metric -> metric.name())
                        .toList());
        assertThat(context)
                .usingRecursiveComparison()
                .ignoringFields("preparation", "trainer", "metrics")
                .isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "results",
                "dataset.plugin.sha256",
                "trainer.plugin.sha256",
                "dataset.content.sha256",
                "compare.metrics.within_one.sha256"
            })
    void areRefusedWhereSomethingIsAnother(String leaf) {
        assertThat(spec.leaves()).contains(leaf + ": ");
        String changed = spec.leaves().replaceFirst(leaf.replace(".", "\\.") + ": .*", leaf + ": 0");
        assertThatThrownBy(() -> made(with(changed, spec.trainer(), spec.metrics())))
                .isInstanceOf(ExchangeException.class)
                .hasMessageMatching("run averaging/seed=1 cannot be trained here: " + leaf
                        + " is [0-9a-f]+ here, and was 0 where the run was submitted");
    }

    @Test
    void areRefusedWhereSomethingIsMissing() {
        assertThatThrownBy(() -> made(with(spec.leaves(), new PluginSpec("none", Map.of()), spec.metrics())))
                .isInstanceOf(ExchangeException.class)
                .hasMessageMatching(
                        "run averaging/seed=1 cannot be trained here: there is no trainer 'none' here,"
                                + " and trainer.plugin.sha256 was [0-9a-f]{64} where the run was submitted; there are averaging, midpoint");
        assertThatThrownBy(() -> made(with(spec.leaves(), spec.trainer(), List.of("none"))))
                .isInstanceOf(ExchangeException.class)
                .hasMessage("run averaging/seed=1 cannot be trained here: there is no metric 'none' here");
        String renamed = spec.leaves().replace("compare.metrics.within_one", "compare.metrics.none");
        assertThatThrownBy(() -> made(with(renamed, spec.trainer(), List.of("none"))))
                .hasMessageMatching("run averaging/seed=1 cannot be trained here: there is no metric 'none' here, and"
                        + " compare.metrics.none.sha256 was [0-9a-f]{64} where the run was submitted");
        assertThatThrownBy(() ->
                        made(with(spec.leaves(), new PluginSpec("averaging", Map.of("updates", "x")), spec.metrics())))
                .isInstanceOf(ExchangeException.class)
                .hasMessageContaining("updates must be a whole number, got 'x'");
    }

    private RunSpec with(String leaves, PluginSpec trainer, List<String> metrics) {
        return new RunSpec(
                spec.label(),
                spec.key(),
                spec.seed(),
                spec.dataset(),
                spec.source(),
                spec.features(),
                spec.prepare(),
                spec.split(),
                spec.scale(),
                trainer,
                spec.decision(),
                spec.stop(),
                spec.timeout(),
                spec.weights(),
                spec.every(),
                metrics,
                leaves,
                spec.params(),
                spec.provenance());
    }
}
