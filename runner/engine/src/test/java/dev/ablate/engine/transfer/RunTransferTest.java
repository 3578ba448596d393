package dev.ablate.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.engine.fixture.ChangedRun;
import dev.ablate.engine.fixture.Descent;
import dev.ablate.engine.fixture.Quiet;
import dev.ablate.engine.fixture.SmallPlans;
import dev.ablate.engine.fixture.SteadyClock;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.problem.RequestException;
import dev.ablate.engine.runs.ComparisonRecord;
import dev.ablate.engine.runs.ComparisonRecord.Published;
import dev.ablate.engine.runs.Provenance;
import dev.ablate.engine.runs.Registration;
import dev.ablate.engine.runs.RunLog;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.runs.StoredEffect;
import dev.ablate.engine.train.Cancellation;
import dev.ablate.engine.train.ExecutionOptions;
import dev.ablate.engine.train.Executor;
import dev.ablate.engine.train.Outcome;
import dev.ablate.engine.transfer.RunTransfer.Exported;
import dev.ablate.engine.transfer.RunTransfer.Imported;
import dev.ablate.worker.exchange.LoggedNote;
import dev.ablate.worker.exchange.LoggedNote.Kind;
import dev.ablate.worker.exchange.ResultFile;
import dev.ablate.worker.exchange.ResultSink;
import dev.ablate.worker.exchange.RunEnding;
import dev.ablate.worker.spec.RunKey;
import dev.ablate.worker.spec.ScaleSettings.Method;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs that go from one real store to another. */
class RunTransferTest {

    private static final ExecutionOptions ONE = new ExecutionOptions(1, Set.of(), false, false, false);

    @TempDir
    private Path folder;

    private final SteadyClock clock = new SteadyClock();
    private Path file;
    private RunStore from;
    private RunStore to;

    @BeforeEach
    void open() {
        file = folder.resolve("runs.zip");
        from = RunStore.open(folder.resolve("from"), clock);
        to = RunStore.open(folder.resolve("to"), clock);
    }

    @AfterEach
    void close() {
        from.close();
        to.close();
    }

    private static Plan plan(String name, Long... seeds) {
        Map<String, Descent> variants = new LinkedHashMap<>();
        // not in the order of the alphabet
        variants.put("with", Descent.of(20, true));
        variants.put("bare", Descent.of(40, true));
        return ChangedRun.plan(
                SmallPlans.plan(name, List.of(seeds), variants),
                run -> run.on(ChangedRun.HOUSES).split(0.2).scale(Method.STANDARD, Method.MAX));
    }

    private static List<Outcome> train(RunStore store, Plan plan) {
        store.record(plan, "filed-under");
        Executor executor = Executor.of(store, () -> new Provenance(Map.of("java", "17")));
        return executor.execute(plan, ONE, new Quiet(), new Cancellation()).outcomes();
    }

    private static void publish(RunStore store, Plan plan) {
        PlannedRun first = plan.runs().get(0);
        store.publish(
                plan.key(),
                new Published(
                        "# with is better\n",
                        "with is better",
                        List.of(new StoredEffect(
                                "test/mse",
                                "with",
                                Map.of("rate", "0.1"),
                                "better",
                                OptionalDouble.of(-0.1),
                                OptionalDouble.empty(),
                                OptionalDouble.of(-0.3),
                                OptionalDouble.of(Double.NEGATIVE_INFINITY))),
                        Map.of("report.json", "{}".getBytes(StandardCharsets.UTF_8), "b.bin", new byte[] {0, -1}),
                        Map.of(first.key(), "{\"rows\": []}")));
        store.register(plan.key(), Optional.of(new Registration("gate", first.key(), "the first")));
    }

    private Exported exports(RunStore store, String... keys) {
        try {
            return new RunTransfer(store).exports(file, List.of(), List.of(keys));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Imported imports() throws IOException {
        return new RunTransfer(to).imports(file);
    }

    private static List<RunKey> keys(RunStore store) {
        return store.newest(10).stream().map(RunRecord::key).toList();
    }

    /** Where two began in one moment, nothing but their order says which was first. */
    @Test
    void areInTheOrderInWhichTheyBegan() throws IOException {
        List<RunKey> began = new ArrayList<>();
        Plan plan = plan("order", 1L, 2L, 3L);
        Clock stopped = Clock.fixed(SteadyClock.START, ZoneOffset.UTC);
        try (RunStore store = RunStore.open(folder.resolve("moment"), stopped)) {
            // not in the order of the plan
            for (int k = plan.runs().size() - 1; k >= 0; k--) {
                PlannedRun run = plan.runs().get(k);
                began.add(0, run.key());
                store.begin(run, false).finish(false, 0, false, Map.of());
            }
            assertThat(keys(store)).isEqualTo(began);
            assertThat(exports(store).runs()).isEqualTo(6);
        }
        assertThat(imports().added()).isEqualTo(6);
        assertThat(keys(to)).isEqualTo(began);
    }

    private static Object without(RunRecord run, Function<RunRecord, Object> more) {
        return List.of(
                List.of(
                        run.key(),
                        run.results(),
                        run.status(),
                        run.deterministic(),
                        run.start(),
                        run.end(),
                        run.updates()),
                List.of(run.stopped(), run.trainRows(), run.testRows()),
                List.copyOf(run.params().entrySet()),
                List.copyOf(run.metrics().entrySet()),
                List.copyOf(run.parameters().entrySet()),
                more.apply(run));
    }

    /** All that a store has of its runs, but for their numbers there. */
    private static List<Object> runs(RunStore store) {
        return store.newest(100).stream()
                .map(run -> without(
                        run,
                        each -> List.of(
                                store.notes(each.id(), 0),
                                store.provenance(each.id()),
                                store.points(each.id(), 0, Integer.MAX_VALUE).stream()
                                        .map(point -> point.series() + " " + point.step() + " "
                                                + Double.doubleToRawLongBits(point.value()) + " " + point.time())
                                        .sorted()
                                        .toList(),
                                store.files(each.id()).entrySet().stream()
                                        .map(kept -> kept.getKey() + " " + Arrays.toString(kept.getValue()))
                                        .toList())))
                .toList();
    }

    @Test
    void haveAllThatTheyHadAndAreReused() throws Exception {
        Plan plan = plan("gate", 5L, 3L);
        train(from, plan);
        publish(from, plan);
        assertThat(exports(from)).isEqualTo(new Exported(4, 1));
        assertThat(imports()).isEqualTo(new Imported(4, 0, 1, List.of()));

        assertThat(runs(to)).hasSize(4).isEqualTo(runs(from));
        ComparisonRecord here = to.comparison(plan.key()).orElseThrow();
        ComparisonRecord there = from.comparison(plan.key()).orElseThrow();
        assertThat(here.members())
                .extracting(
                        member -> member.run().key(), member -> member.variant() + member.pair() + member.predictions())
                .containsExactlyElementsOf(there.members().stream()
                        .map(member -> org.assertj.core.groups.Tuple.tuple(
                                member.run().key(), member.variant() + member.pair() + member.predictions()))
                        .toList());
        assertThat(here).usingRecursiveComparison().ignoringFields("members").isEqualTo(there);
        assertThat(to.effects(plan.key())).isEqualTo(from.effects(plan.key())).hasSize(1);
        assertThat(to.files(plan.key())).containsOnlyKeys("report.json", "b.bin");
        assertThat(to.files(plan.key()).get("b.bin")).containsExactly(0, -1);
        assertThat(to.registration(plan.key()))
                .isEqualTo(from.registration(plan.key()))
                .isPresent();

        assertThat(train(to, plan)).hasSize(4).allMatch(Outcome::reused);
    }

    @Test
    void leaveTheTextOfAPatchInTheirHome() throws Exception {
        PlannedRun run = plan("gate", 5L).runs().get(0);
        Provenance provenance = new Provenance(Map.of("java", "17", Provenance.GIT_PATCH, "a secret of this home"));
        RunRecord there = from.tryBegin(run, Set.of(), provenance).orElseThrow().finish(true, 0, false, Map.of());
        assertThat(from.provenance(there.id())).isEqualTo(provenance);
        exports(from);
        imports();
        assertThat(to.provenance(to.find(run.key()).orElseThrow().id()))
                .isEqualTo(new Provenance(Map.of("java", "17")));
    }

    @Test
    void makeTheSameFileWhereverTheyAre() throws Exception {
        Plan plan = plan("gate", 5L, 3L);
        train(from, plan);
        publish(from, plan);
        exports(from);
        byte[] first = Files.readAllBytes(file);
        imports();
        exports(to);
        assertThat(Files.readAllBytes(file)).isEqualTo(first);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.stream()).as("whenever they are written").allMatch(entry -> entry.getTime() == 0);
        }
    }

    @Test
    void changeNothingWhereTheyAreImportedTwice() throws Exception {
        Plan plan = plan("gate", 5L);
        train(from, plan);
        publish(from, plan);
        exports(from);
        imports();
        List<RunRecord> once = to.newest(9);
        assertThat(imports()).isEqualTo(new Imported(0, 2, 0, List.of()));
        assertThat(to.newest(9)).isEqualTo(once);
        // and in the home that they come from
        assertThat(new RunTransfer(from).imports(file)).isEqualTo(new Imported(0, 2, 0, List.of()));
    }

    @Test
    void takeAlongWhatTheirProgramLoggedAndPointsThatAreNotInOrder() throws Exception {
        PlannedRun run = plan("gate", 5L).runs().get(0);
        RunLog log = from.begin(run, false);
        log.points(3, Map.of("train/mse", 0.5, "weights/x1", -0.0));
        log.kill(3);
        log = from.begin(run, false);
        log.points(1, Map.of("train/mse", 0.25));
        log.points(4, Map.of("train/mse", 1e-300));
        log.logged(
                List.of(new LoggedNote(LoggedNote.MAIN, Kind.PARAM, "lr", 0, 7, "0.1")),
                Map.of("logged/run/a.txt", new byte[] {1}));
        Map<String, Double> parameters = new LinkedHashMap<>();
        parameters.put("dead", Double.NaN);
        parameters.put("alive", 1.5);
        log.finish(true, 4, true, parameters);
        exports(from);
        imports();
        assertThat(runs(to)).isEqualTo(runs(from));
        assertThat(to.find(run.key()).orElseThrow().parameters()).containsEntry("dead", Double.NaN);
    }

    @Test
    void areNotTakenWhereOtherFiguresAreHere() throws Exception {
        Plan plan = plan("gate", 5L);
        train(from, plan);
        publish(from, plan);
        exports(from);
        PlannedRun other = plan.runs().get(0);
        RunLog log = to.begin(other, false);
        log.points(0, Map.of("train/mse", 42.0));
        RunRecord mine = log.finish(true, 0, Map.of());

        Imported imported = imports();
        assertThat(imported.added()).isEqualTo(1);
        assertThat(imported.comparisons()).isZero();
        assertThat(imported.refused())
                .containsExactly(
                        "run " + other.key().brief()
                                + " is here with other figures, and stays as it is: their parameters differ",
                        "comparison gate is left out, as it is of such runs");
        assertThat(to.find(other.key())).contains(mine);
        assertThat(to.points(mine.id(), 0, 99)).hasSize(1);
        assertThat(imports().refused()).hasSize(2);
    }

    private interface Logging {
        void to(RunLog log);
    }

    private static void train(RunStore store, PlannedRun run, Logging logging) {
        RunLog log = store.begin(run, false);
        log.points(0, Map.of("train/mse", 0.5));
        logging.to(log);
        log.finish(true, 0, false, Map.of("x1", 1.0));
    }

    private Imported importsWhere(Logging there, Logging here) throws Exception {
        PlannedRun run = plan("gate", 5L).runs().get(0);
        train(from, run, there);
        train(to, run, here);
        exports(from);
        return imports();
    }

    @Test
    void areTheSameWhateverTheirProgramsHaveLogged() throws Exception {
        assertThat(importsWhere(
                        log -> log.logged(List.of(), Map.of("logged/run/a.txt", new byte[] {1})),
                        log -> log.logged(List.of(), Map.of("logged/run/a.txt", new byte[] {2}))))
                .isEqualTo(new Imported(0, 1, 0, List.of()));
    }

    @Test
    void areOthersWhereAFileThatIsKeptDiffers() throws Exception {
        assertThat(importsWhere(
                                log -> log.file("kept/a.txt", new byte[] {1}),
                                log -> log.file("kept/a.txt", new byte[] {2}))
                        .refused())
                .singleElement()
                .asString()
                .endsWith("is here with other figures, and stays as it is: the file kept/a.txt differs");
    }

    @Test
    void areOthersWhereThereAreMorePointsHere() throws Exception {
        assertThat(importsWhere(log -> {}, log -> log.points(3, Map.of("train/mse", 0.25)))
                        .refused())
                .singleElement()
                .asString()
                .endsWith("train/mse at 3 differs");
    }

    @Test
    void leaveThoseBehindThatHaveNotFinished() throws Exception {
        Plan plan = plan("gate", 5L);
        from.record(plan, "filed-under");
        train(from, plan.runs().get(0), log -> {});
        from.begin(plan.runs().get(1), false).fail("failed", 0);
        assertThat(exports(from)).isEqualTo(new Exported(1, 1));
        assertThat(imports()).isEqualTo(new Imported(1, 0, 1, List.of()));
        assertThat(to.comparison(plan.key()).orElseThrow().members()).hasSize(1);
    }

    @Test
    void replaceWhatHasNotEndedAndNothingElse() throws Exception {
        Plan plan = plan("gate", 1L, 2L);
        train(from, plan);
        exports(from);
        PlannedRun killed = plan.runs().get(0);
        PlannedRun queued = plan.runs().get(1);
        PlannedRun failed = plan.runs().get(2);
        PlannedRun trained = plan.runs().get(3);
        to.begin(killed, false).kill(0);
        Files.writeString(Files.createDirectories(to.checkpoint(killed.key())).resolve("state"), "old");
        assertThat(to.submit(queued, Set.of())).isTrue();
        to.begin(failed, false).fail("failed", 0);
        RunLog log = to.begin(trained, false);

        Imported imported = imports();
        assertThat(imported.added()).isEqualTo(2);
        assertThat(imported.refused())
                .contains(
                        "run " + failed.key().brief()
                                + " is here with other figures, and stays as it is: one is FAILED, the other FINISHED",
                        "run " + trained.key().brief() + " is being trained here just now; import it again later");
        assertThat(to.checkpoint(killed.key())).doesNotExist();
        log.kill(0);
        assertThat(to.find(killed.key())).map(RunRecord::status).contains(RunStatus.FINISHED);
        assertThat(to.find(queued.key())).map(RunRecord::status).contains(RunStatus.FINISHED);
        assertThat(to.find(failed.key())).map(RunRecord::status).contains(RunStatus.FAILED);
        assertThat(to.find(trained.key())).map(RunRecord::status).contains(RunStatus.KILLED);
    }

    @Test
    void joinAComparisonThatIsHereAlready() throws Exception {
        Plan more = plan("gate", 5L, 3L);
        train(from, more);
        publish(from, more);
        exports(from);
        Plan here = plan("gate", 3L);
        assertThat(here.key()).isEqualTo(more.key());
        train(to, here);
        to.publish(here.key(), new Published("# mine\n", "mine", List.of(), Map.of(), Map.of()));

        assertThat(imports()).isEqualTo(new Imported(2, 2, 1, List.of()));
        ComparisonRecord comparison = to.comparison(here.key()).orElseThrow();
        assertThat(comparison.members())
                .extracting(member -> member.variant() + " " + member.pair().text())
                .containsExactly("with 3", "bare 3", "with 5", "bare 5");
        assertThat(comparison.sentence()).isEqualTo("mine");
        assertThat(imports()).isEqualTo(new Imported(0, 4, 0, List.of()));
    }

    @Test
    void areChosenByNameAndByKey() throws Exception {
        Plan gate = plan("gate", 5L);
        Plan other = plan("other", 6L);
        train(from, gate);
        train(from, other);
        from.begin(plan("third", 7L).runs().get(0), false).fail("failed", 0);
        RunTransfer transfer = new RunTransfer(from);
        assertThat(transfer.exports(file, List.of("gate"), List.of())).isEqualTo(new Exported(2, 1));
        assertThat(transfer.exports(file, List.of("filed-under"), List.of())).isEqualTo(new Exported(4, 2));
        assertThat(exports(from, other.key().substring(0, 8))).isEqualTo(new Exported(2, 1));
        String run = gate.runs().get(0).key().brief();
        assertThat(exports(from, run)).isEqualTo(new Exported(1, 0));
        assertThat(exports(from, run, other.key())).isEqualTo(new Exported(3, 1));
        assertThatThrownBy(() -> transfer.exports(file, List.of("gat"), List.of()))
                .isInstanceOf(RequestException.class)
                .hasMessage("no comparison is called 'gat' (ablate status)");
        assertThatThrownBy(() -> exports(from, "00000000"))
                .hasMessage("no run or comparison begins with '00000000' (ablate list runs)");
        assertThatThrownBy(() -> exports(to))
                .hasMessage("no run has finished that could be exported (ablate list runs)");
    }

    @Test
    void areRefusedWholeWhereTheirFileIsDamagedAnywhere() throws Exception {
        train(from, plan("gate", 5L));
        publish(from, plan("gate", 5L));
        exports(from);
        List<Object> expected = runs(from);
        byte[] whole = Files.readAllBytes(file);
        int refused = 0;
        for (int k = 0; k < 60; k++) {
            byte[] damaged = whole.clone();
            damaged[(int) ((long) whole.length * k / 60)] ^= 0x10;
            Files.write(file, damaged);
            refused += isRefused(expected) ? 1 : 0;
        }
        assertThat(refused).as("what is not is in no content").isGreaterThan(50);
        for (int k = 0; k < 30; k++) {
            Files.write(file, Arrays.copyOf(whole, (int) ((long) whole.length * k / 30)));
            assertThat(isRefused(expected)).isTrue();
        }
        Files.write(file, whole);
        assertThat(imports().added()).isEqualTo(2);
    }

    /** Whether it is refused without a trace; else all of it must be as it was. */
    private boolean isRefused(List<Object> expected) throws IOException {
        Path home = Files.createTempDirectory(folder, "home");
        try (RunStore store = RunStore.open(home.resolve("store"), clock)) {
            new RunTransfer(store).imports(file);
            assertThat(runs(store)).isEqualTo(expected);
            return false;
        } catch (RequestException e) {
            assertThat(e)
                    .hasMessageStartingWith(file + " is not a file of runs")
                    .hasMessageContaining("ablate runs export");
            assertThat(home).isEmptyDirectory();
            return true;
        }
    }

    private interface Change {
        void of(Map<String, byte[]> contents);
    }

    /** What somebody else has written may be whole and make no sense. */
    private void rewrite(Change change) throws Exception {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                contents.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        contents.remove("SHA256SUMS");
        change.of(contents);
        StringBuilder sums = new StringBuilder();
        for (Map.Entry<String, byte[]> content : contents.entrySet()) {
            if (!content.getKey().equals("readme.txt")) {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getValue());
                sums.append(HexFormat.of().formatHex(digest) + "  " + content.getKey() + "\n");
            }
        }
        contents.put("SHA256SUMS", sums.toString().getBytes(StandardCharsets.UTF_8));
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> content : contents.entrySet()) {
                zip.putNextEntry(new ZipEntry(content.getKey()));
                zip.write(content.getValue());
            }
        }
    }

    private static void replace(Map<String, byte[]> contents, String old, String with) {
        String text = new String(contents.get("runs.json"), StandardCharsets.UTF_8);
        assertThat(text).contains(old);
        contents.put("runs.json", text.replace(old, with).getBytes(StandardCharsets.UTF_8));
    }

    static Stream<Arguments> changes() {
        List<String> runs =
                plan("gate", 5L).runs().stream().map(run -> run.key().hex()).toList();
        String first = runs.get(0);
        String last = runs.get(1);
        return Stream.of(
                change(
                        contents -> replace(contents, "\"ablate_runs\": 1", "\"ablate_runs\": 2"),
                        "is a file of runs of format 2, and this version of Ablate reads 1; nothing was imported"),
                change(contents -> contents.put("readme.txt", new byte[0]), "does not hold what its SHA256SUMS says"),
                change(contents -> contents.remove(last + ".result"), "it does not hold the runs that it describes"),
                change(
                        contents -> contents.put(last + ".result", contents.get(first + ".result")),
                        last + ".result is not of that run, or has not finished"),
                change(
                        contents -> contents.put(last + ".result", killed(last)),
                        last + ".result is not of that run, or has not finished"),
                change(
                        contents -> replace(contents, "\"key\": \"" + last, "\"key\": \"" + first),
                        "describes run " + first + " twice"),
                change(
                        contents -> {
                            String text = new String(contents.get("runs.json"), StandardCharsets.UTF_8);
                            int runsEnd = text.indexOf("\"comparisons\"");
                            String others = text.substring(runsEnd).replace(last, "0".repeat(64));
                            contents.put(
                                    "runs.json",
                                    (text.substring(0, runsEnd) + others).getBytes(StandardCharsets.UTF_8));
                        },
                        "has comparison gate without its run " + "0".repeat(64)));
    }

    private static byte[] killed(String key) {
        try {
            Path file = Files.createTempFile("killed", ".result");
            try {
                ResultSink sink = new ResultSink(new SteadyClock(), () -> file);
                ResultFile.write(sink.result(key, "", RunEnding.killed(0), Map.of(), ""), file);
                return Files.readAllBytes(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Arguments change(Change change, String message) {
        return Arguments.of(change, message);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("changes")
    void areRefusedWholeWhereTheirFileMakesNoSense(Change change, String message) throws Exception {
        train(from, plan("gate", 5L));
        publish(from, plan("gate", 5L));
        exports(from);
        rewrite(contents -> {});
        assertThat(new RunTransfer(from).imports(file)).isEqualTo(new Imported(0, 2, 0, List.of()));
        rewrite(change);
        assertThatThrownBy(this::imports)
                .isInstanceOf(RequestException.class)
                .hasMessageStartingWith(file + " ")
                .hasMessageContaining(message);
        assertThat(to.newest(1)).isEmpty();
    }

    @Test
    void areRefusedFromAnotherFile() throws Exception {
        Files.writeString(file, "no zip");
        assertThatThrownBy(this::imports).isInstanceOf(RequestException.class);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("readme.txt"));
        }
        assertThatThrownBy(this::imports)
                .hasMessage(
                        file + " is not a file of runs (ablate runs export writes one): there is no SHA256SUMS in it");
    }
}
