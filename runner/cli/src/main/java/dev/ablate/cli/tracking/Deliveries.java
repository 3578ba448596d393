package dev.ablate.cli.tracking;

import dev.ablate.cli.argument.TrackingArguments;
import dev.ablate.cli.argument.UsageException;
import dev.ablate.cli.terminal.Browser;
import dev.ablate.cli.terminal.Console;
import dev.ablate.cli.terminal.Interruption;
import dev.ablate.engine.RunTracking;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.problem.Suggestion;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.runs.ComparisonRecord;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.tracking.Delivery;
import dev.ablate.engine.tracking.Destination;
import dev.ablate.engine.tracking.Sync;
import dev.ablate.engine.tracking.Tracker;
import dev.ablate.engine.tracking.Tracker.Purpose;
import dev.ablate.engine.tracking.TrackingException;
import dev.ablate.mlflow.delivery.MlflowTracker;
import dev.ablate.mlflow.server.LocalServer;
import dev.ablate.mlflow.server.LocalServerException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the MLflow server, delivers to it, and says in a line or two what became of it. */
public final class Deliveries {

    /** How long a person who waits for the prompt waits while nothing moves. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Console console;
    private final Interruption interruption;
    private final RunStore store;
    private final Tracker tracker;
    private final LocalServer local;

    public Deliveries(Console console, Interruption interruption, RunStore store, Tracker tracker, LocalServer local) {
        this.console = console;
        this.interruption = interruption;
        this.store = store;
        this.tracker = tracker;
        this.local = local;
    }

    /**
     * What became of a delivery.
     *
     * @param delivered what the server has; empty if there was none
     * @param lines what to print
     * @param page what a browser should open
     */
    public record Result(Optional<Delivery.Report> delivered, List<String> lines, Optional<String> page) {
        public Result {
            lines = List.copyOf(lines);
        }

        public boolean complete() {
            return delivered.isPresent()
                    && delivered.get().undelivered() == 0
                    && delivered.get().problem().isEmpty();
        }
    }

    /**
     * The server that counts: the one named, else the managed one if it runs, else none.
     *
     * @throws TrackingException if what is named is not a server's address
     */
    public Optional<Destination> destination(Optional<String> flag) {
        return tracker.destination(flag);
    }

    /**
     * The MLflow experiment of a comparison.
     *
     * @throws TrackingException if what is named is none that MLflow allows
     */
    String experiment(Plan plan, TrackingArguments arguments) {
        return tracker.experiment(arguments.experiment(), plan.track().experiment(), plan.name());
    }

    /** The server that a comparison is delivered to while it runs, if it is to be and there is one. */
    public Optional<Destination> destination(Plan plan, TrackingArguments arguments) {
        if (!plan.track().tracked() || arguments.offline()) {
            return Optional.empty();
        }
        return arguments.ui() ? managed() : destination(arguments.trackingUri());
    }

    /** Delivers a run as its arguments say. */
    public RunTracking of(TrackingArguments arguments) {
        return new ArgumentTracking(this, arguments);
    }

    /** Begins to bring up the managed server that {@code --ui} asks for, unless there is one to deliver to. */
    Optional<ServerStart> start(Plan plan, TrackingArguments arguments, Optional<Destination> destination) {
        return arguments.ui() && plan.track().tracked() && destination.isEmpty()
                ? Optional.of(ServerStart.begin(local))
                : Optional.empty();
    }

    /** Begins to deliver a comparison that was recorded; training does not wait for it. */
    Delivery begin(Plan plan, Destination destination) {
        Delivery delivery = tracker.begin(store, destination, Purpose.DELIVERED);
        delivery.watch(plan.key());
        return delivery;
    }

    /** Waits until it is delivered; where a server was being brought up, waits for that first. */
    Result finish(Plan plan, TrackingArguments arguments, Optional<Delivery> begun, Optional<ServerStart> starting) {
        if (begun.isPresent()) {
            Result result = finish(begun.get(), plan.key());
            if (arguments.ui()) {
                result.page().ifPresent(this::show);
            }
            return result;
        }
        if (!plan.track().tracked()) {
            return new Result(
                    Optional.empty(), List.of("Kept on this machine alone: track.mlflow is false"), Optional.empty());
        }
        if (starting.isEmpty()) {
            String how =
                    arguments.offline() ? "To deliver it to MLflow: ablate sync" : "To see it in MLflow: ablate ui";
            return new Result(Optional.empty(), List.of(how), Optional.empty());
        }
        try {
            Destination managed = MlflowTracker.managedServer(
                    interruptibly(() -> starting.get().await(console::report)));
            try (Delivery delivery = begin(plan, managed)) {
                new Sync(store, tracker, managed).pending().forEach(comparison -> delivery.watch(comparison.key()));
                Result result = finish(delivery, plan.key());
                result.page().ifPresent(this::show);
                return result;
            }
        } catch (LocalServerException e) {
            return new Result(
                    Optional.empty(),
                    List.of("MLflow cannot be shown: " + e.getMessage(), "All of it is stored. Then: ablate ui"),
                    Optional.empty());
        }
    }

    /** Brings the managed server up, reporting how it goes. */
    public URI startServer() throws LocalServerException {
        return withServer(server -> server.start(console::report));
    }

    /** Something that is done with the managed server. */
    public interface ServerWork<T> {
        T with(LocalServer server) throws LocalServerException, InterruptedException;
    }

    /** Does something with the managed server; a signal interrupts it. */
    public <T> T withServer(ServerWork<T> work) throws LocalServerException {
        return interruptibly(() -> work.with(local));
    }

    private interface Work<T> {
        T done() throws LocalServerException, InterruptedException;
    }

    @SuppressWarnings("try") // a signal ends it, and closing is all that there is to do
    private <T> T interruptibly(Work<T> work) throws LocalServerException {
        Thread caller = Thread.currentThread();
        try (Interruption.Going going = interruption.during(caller::interrupt)) {
            return work.done();
        } catch (InterruptedException e) {
            throw new LocalServerException("it was interrupted", e);
        }
    }

    /** Has all of the managed server read back the next time: it may know less than it did. */
    public void doubtServer() {
        Destination managed = MlflowTracker.managedServer();
        Sync sync = new Sync(store, tracker, managed);
        List<ComparisonRecord> all = sync.chosen(Optional.empty());
        if (!all.isEmpty()) {
            store.ledger().forgetPlaces(managed.id());
        }
        all.forEach(sync::doubt);
    }

    /**
     * Delivers what a person names, or all that a server lacks.
     *
     * @param which a comparison's name or the beginning of its key; empty: all
     * @param verify read back what was delivered before, too
     * @param recreate likewise, and make again what somebody put into the server's trash, and runs whose points are there twice
     * @throws UsageException if there is no such comparison
     */
    public Result sync(Destination destination, Optional<String> which, boolean verify, boolean recreate) {
        if (which.isEmpty() && !verify && !recreate) {
            return sync(destination);
        }
        Sync sync = new Sync(store, tracker, destination);
        List<ComparisonRecord> chosen = sync.chosen(which);
        if (chosen.isEmpty()) {
            if (which.isEmpty()) {
                return new Result(Optional.empty(), List.of("There are no runs to deliver yet."), Optional.empty());
            }
            List<String> names = sync.chosen(Optional.empty()).stream()
                    .map(ComparisonRecord::name)
                    .distinct()
                    .toList();
            throw new UsageException(Suggestion.unknown("no tracked comparison", which.get(), names, "comparisons"));
        }
        if (verify || recreate) {
            chosen.forEach(sync::doubt);
        }
        try (Delivery delivery = tracker.begin(store, destination, recreate ? Purpose.RECREATED : Purpose.DELIVERED)) {
            chosen.forEach(comparison -> delivery.watch(comparison.key()));
            Result result = finish(delivery, chosen.get(0).key());
            List<String> lines = new ArrayList<>(result.lines());
            chosen.forEach(comparison -> lines.addAll(standing(sync.standing(comparison))));
            return new Result(result.delivered(), lines, result.page());
        }
    }

    /** How a comparison stands, in lines for a person. */
    public static List<String> standing(Sync.Standing standing) {
        String runs = standing.verified() == standing.runs()
                ? Numbers.count(standing.runs(), "run")
                : Numbers.count(standing.verified()) + " of " + Numbers.count(standing.runs(), "run");
        ComparisonRecord comparison = standing.comparison();
        List<String> lines = new ArrayList<>();
        lines.add(
                comparison.name() + " (" + comparison.key().substring(0, 8) + "): " + runs + " delivered and verified");
        standing.remarks().forEach(remark -> lines.add("    " + remark));
        return lines;
    }

    /** Delivers what a server lacks, and the newest comparison in any case, whose page is the result's. */
    public Result sync(Destination destination) {
        Sync sync = new Sync(store, tracker, destination);
        List<ComparisonRecord> wanted = new ArrayList<>(sync.pending());
        Optional<ComparisonRecord> newest = store.comparisons().stream()
                .filter(ComparisonRecord::tracked)
                .filter(comparison -> !comparison.members().isEmpty())
                .findFirst();
        newest.filter(comparison ->
                        wanted.stream().noneMatch(other -> other.key().equals(comparison.key())))
                .ifPresent(wanted::add);
        if (newest.isEmpty()) {
            return new Result(Optional.empty(), List.of("There are no runs to deliver yet."), Optional.empty());
        }
        try (Delivery delivery = tracker.begin(store, destination, Purpose.DELIVERED)) {
            wanted.forEach(comparison -> delivery.watch(comparison.key()));
            return finish(delivery, newest.get().key());
        }
    }

    /** What a destination lacks of the store. */
    public Sync syncWith(Destination destination) {
        return new Sync(store, tracker, destination);
    }

    /** Opens a page, if a person sits there. */
    public void show(String page) {
        if (console.isTerminal()) {
            Browser.open(page);
        }
    }

    /** The managed server, if it runs. */
    public Optional<Destination> managed() {
        return tracker.own();
    }

    /** The managed server, if it does not run but keeps something of the store's: what, is known. */
    public Optional<Destination> asleep() {
        LocalServer.Status status = local.status();
        Destination managed = MlflowTracker.managedServer();
        boolean keeps =
                status.database() > 0 && !store.ledger().entries(managed.id()).isEmpty();
        return !status.running() && keeps ? Optional.of(managed) : Optional.empty();
    }

    /** How to deliver what was not. */
    private String wayOut(Destination destination, String remedy) {
        if (MlflowTracker.isManaged(destination)) {
            return "To go on: ablate ui";
        }
        boolean found = tracker.destination(Optional.empty())
                .filter(inherited -> inherited.id().equals(destination.id()))
                .isPresent();
        return remedy + ": ablate sync" + (found ? "" : " --tracking-uri " + destination.id());
    }

    @SuppressWarnings("try") // a signal ends it, and closing is all that there is to do
    private Result finish(Delivery delivery, String comparison) {
        console.doing("delivering to MLflow");
        Delivery.Report report;
        try (Interruption.Going going = interruption.during(delivery::close)) {
            report = delivery.finish(PATIENCE);
        }
        Optional<String> page = Optional.ofNullable(report.links().get(comparison));
        List<String> lines = new ArrayList<>();
        page.ifPresent(link -> lines.add("In MLflow: " + link));
        Optional.ofNullable(report.pages().get(comparison))
                .ifPresent(link -> lines.add("Its answer and report: " + link));
        boolean interrupted = interruption.code().isPresent() && report.undelivered() > 0;
        Optional<String> problem = interrupted ? Optional.of("interrupted while delivering") : report.problem();
        problem.ifPresent(what -> lines.add(
                report.sentence(what, wayOut(delivery.destination(), interrupted ? "To go on" : report.remedy()))));
        lines.addAll(report.remarks());
        return new Result(Optional.of(report), lines, page);
    }
}
