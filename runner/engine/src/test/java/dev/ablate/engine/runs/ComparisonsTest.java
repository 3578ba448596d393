package dev.ablate.engine.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.engine.fixture.Descent;
import dev.ablate.engine.fixture.SmallPlans;
import dev.ablate.engine.fixture.SteadyClock;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.ComparisonRecord.Published;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonsTest {

    @TempDir
    private Path home;

    private final SteadyClock clock = new SteadyClock();
    private RunStore store;

    @BeforeEach
    void open() {
        store = RunStore.open(home, clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Plan plan(Long... seeds) {
        Map<String, Descent> variants = new LinkedHashMap<>();
        // not in the order of the alphabet
        variants.put("with", Descent.of(1, true));
        variants.put("bare", Descent.of(2, true));
        return SmallPlans.plan("gate", List.of(seeds), variants);
    }

    private void finish(PlannedRun run) {
        store.begin(run, false).finish(false, 0, Map.of());
    }

    private List<String> members(Plan plan) {
        return store.comparison(plan.key()).orElseThrow().members().stream()
                .map(member -> member.variant() + member.pair().text())
                .toList();
    }

    @Test
    void showsMembersOnceTheirRunsHaveBegunInThePlansOrder() {
        Plan plan = plan(5L, 3L);
        store.record(plan, "experiment");
        assertThat(members(plan)).isEmpty();
        finish(plan.runs().get(3));
        finish(plan.runs().get(0));
        RunLog running = store.begin(plan.runs().get(1), false);
        assertThat(members(plan)).containsExactly("with5", "bare5", "bare3");
        ComparisonRecord record = store.comparison(plan.key()).orElseThrow();
        assertThat(record.members().get(1).run().id()).isEqualTo(running.id());
        assertThat(record.members().get(1).run().status()).isEqualTo(RunStatus.RUNNING);
        assertThat(record.members().get(1).cell()).isEqualTo("bare");
        assertThat(record.members().get(1).predictions()).isEmpty();
        assertThat(record.name()).isEqualTo("gate");
        assertThat(record.experiment()).isEqualTo("experiment");
        assertThat(record.tracked()).isTrue();
        assertThat(record.created()).isEqualTo(SteadyClock.START);
        assertThat(record.ended()).isEmpty();
        assertThat(record.note()).isEmpty();
        assertThat(record.variants()).containsExactly("with", "bare");
    }

    @Test
    void addsSeedsAndKeepsTheOldOnes() {
        Plan first = plan(5L, 3L);
        Plan more = plan(1L, 3L, 9L);
        assertThat(more.key()).isEqualTo(first.key());
        store.record(first, "e");
        first.runs().forEach(this::finish);
        clock.advance(Duration.ofHours(1));
        store.record(more, "e2");
        more.runs().stream().filter(run -> run.seed() != 3).forEach(this::finish);
        assertThat(members(first))
                .containsExactly("with5", "bare5", "with3", "bare3", "with1", "bare1", "with9", "bare9");
        ComparisonRecord record = store.comparison(first.key()).orElseThrow();
        assertThat(record.experiment()).isEqualTo("e2");
        assertThat(record.created()).isEqualTo(SteadyClock.START);
    }

    @Test
    void takesInRunsThatOtherComparisonsBegan() {
        Plan alone = SmallPlans.plan("alone", List.of(5L), Map.of("other name", Descent.of(1, true)));
        store.record(alone, "e");
        finish(alone.runs().get(0));
        Plan plan = plan(5L);
        store.record(plan, "e");
        assertThat(members(plan)).containsExactly("with5");
    }

    @Test
    void showsTheCurrentAttempt() {
        Plan plan = plan(5L);
        store.record(plan, "e");
        finish(plan.runs().get(0));
        RunLog again = store.begin(plan.runs().get(0), true);
        assertThat(store.comparison(plan.key()).orElseThrow().members())
                .extracting(member -> member.run().id())
                .containsExactly(again.id());
    }

    @Test
    void publishesAnAnswerUntilItIsRunAgain() {
        Plan plan = plan(5L);
        store.record(plan, "e");
        plan.runs().forEach(this::finish);
        byte[] spec = "name: gate".getBytes(StandardCharsets.UTF_8);
        StoredEffect better = effect(Map.of(), OptionalDouble.of(0.5));
        store.publish(
                plan.key(),
                new Published(
                        "# better",
                        "better",
                        List.of(better),
                        Map.of("spec.yaml", spec, "old.txt", spec),
                        Map.of(plan.runs().get(1).key(), "[1]")));
        ComparisonRecord published = store.comparison(plan.key()).orElseThrow();
        assertThat(published.note()).isEqualTo("# better");
        assertThat(published.sentence()).isEqualTo("better");
        assertThat(store.effects(plan.key())).containsExactly(better);
        assertThat(published.ended()).isPresent();
        assertThat(published.members())
                .extracting(ComparisonRecord.Member::predictions)
                .containsExactly(Optional.empty(), Optional.of("[1]"));
        assertThat(store.files(plan.key())).containsOnlyKeys("spec.yaml", "old.txt");

        store.record(plan, "e");
        assertThat(store.comparison(plan.key()).orElseThrow().ended()).isEmpty();
        assertThat(store.effects(plan.key())).containsExactly(better);
        store.publish(plan.key(), new Published("# worse", "worse", List.of(), Map.of("spec.yaml", spec), Map.of()));
        ComparisonRecord again = store.comparison(plan.key()).orElseThrow();
        assertThat(again.note()).isEqualTo("# worse");
        assertThat(again.sentence()).isEqualTo("worse");
        assertThat(store.effects(plan.key())).isEmpty();
        assertThat(again.ended().orElseThrow()).isAfter(published.ended().orElseThrow());
        assertThat(again.members().get(1).predictions()).contains("[1]");
        assertThat(store.files(plan.key())).containsOnlyKeys("spec.yaml");
        assertThat(store.files(plan.key()).get("spec.yaml")).isEqualTo(spec);
    }

    private static StoredEffect effect(Map<String, String> cell, OptionalDouble number) {
        return new StoredEffect("train/mse", "bare", cell, "undecided", number, number, number, number);
    }

    @Test
    void keepsEffectsInTheirOrderAndToTheBit() {
        Plan plan = plan(5L);
        store.record(plan, "e");
        Map<String, String> cell = new LinkedHashMap<>();
        // not in the order of the alphabet
        cell.put("trainer.rate", "0.50");
        cell.put("data.features", "[a, \"b\"]");
        List<StoredEffect> effects = DoubleStream.of(-0.0, 0.0, 0.1, 1e300 / 3, Double.MIN_VALUE, 5)
                .mapToObj(value -> effect(cell, OptionalDouble.of(value)))
                .collect(Collectors.toCollection(ArrayList::new));
        effects.add(effect(Map.of(), OptionalDouble.empty()));
        store.publish(plan.key(), new Published("", "", effects, Map.of(), Map.of()));
        assertThat(store.effects(plan.key())).isEqualTo(effects);
        assertThat(store.effects(plan.key()).get(0).cell().keySet()).containsExactly("trainer.rate", "data.features");
        assertThat(store.effects("f".repeat(64))).isEmpty();
    }

    @Test
    void publishesNothingForAnUnknownComparison() {
        assertThatThrownBy(() -> store.publish("f".repeat(64), new Published("", "", List.of(), Map.of(), Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no comparison");
    }

    @Test
    void listsTheOneThatWasRunLastFirst() {
        Plan one = plan(5L);
        Plan two = SmallPlans.plan("two", List.of(5L), Map.of("a", Descent.of(1, true)));
        store.record(one, "e");
        store.record(two, "e");
        assertThat(store.comparisons()).extracting(ComparisonRecord::name).containsExactly("two", "gate");
        store.record(one, "e");
        assertThat(store.comparisons()).extracting(ComparisonRecord::name).containsExactly("gate", "two");
    }
}
