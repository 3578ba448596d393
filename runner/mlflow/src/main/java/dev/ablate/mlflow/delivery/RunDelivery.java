package dev.ablate.mlflow.delivery;

import dev.ablate.engine.runs.DeliveryLedger;
import dev.ablate.engine.runs.Point;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.mlflow.client.MlflowServer;
import dev.ablate.mlflow.delivery.Reader.ReadBack;
import dev.ablate.mlflow.image.RunImage;
import dev.ablate.mlflow.image.RunImages;
import dev.ablate.mlflow.image.SeriesNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Brings one run, which the server has begun, to what the store knows of it, and has it read back; of a run that another home
 * made, it sends no points.
 *
 * <p>What it knows of the server's state it got from the server, since the last failure: after a failure a new one is made.
 */
final class RunDelivery {

    private static final int PAGE = 5000;

    private final Channel channel;
    private final OpenComparison comparison;
    private final RunStore store;
    private final MlflowServer server;
    private final RunSender sender;
    private final MetricSender metrics;
    private final DatasetDelivery datasets;
    private final ModelDelivery models;
    private final RegistryDelivery registry;
    private final LoggedDelivery logged;
    private SeriesNames names;

    private DeliveryLedger.Entry entry;
    /** Up to which point the metrics were read back; empty: not yet. */
    private OptionalLong readBackThrough;

    private Optional<Instant> lastPoint = Optional.empty();

    /**
     * @param comparison what it belongs to
     * @param entry how far the ledger says that it came
     * @param state the run as the server has it
     * @param doubtful whether the server may have points that the ledger does not know of
     */
    RunDelivery(
            Channel channel,
            OpenComparison comparison,
            DeliveryLedger.Entry entry,
            MlflowServer.Run state,
            boolean doubtful) {
        this.channel = channel;
        this.comparison = comparison;
        this.store = channel.store();
        this.server = channel.server();
        this.sender = new RunSender(channel.server(), channel.artifacts(), state);
        this.entry = entry;
        this.metrics = new MetricSender(server, state.id(), doubtful);
        this.datasets = new DatasetDelivery(channel, state.id());
        this.models = new ModelDelivery(channel, comparison.experiment(), state, Optional.empty());
        this.registry = new RegistryDelivery(channel, comparison, entry);
        this.logged = new LoggedDelivery(channel, comparison.experiment(), state, entry.run(), doubtful);
        this.names = SeriesNames.of(store, entry.run());
        this.readBackThrough = entry.complete() ? OptionalLong.of(entry.pointsThrough()) : OptionalLong.empty();
    }

    /** The run's id in MLflow. */
    String id() {
        return sender.state().id();
    }

    /** The run as the server has it, as far as known. */
    MlflowServer.Run state() {
        return sender.state();
    }

    /** Whether all that there is was delivered and read back. */
    static boolean isComplete(RunStore store, DeliveryLedger.Entry entry, RunImage image) {
        return entry.complete()
                && store.points(entry.run(), entry.pointsThrough(), 1).isEmpty()
                && entry.digest()
                        .equals(Attachments.of(store, entry)
                                .digestWith(SeriesNames.of(store, entry.run()).withFiles(image, store)));
    }

    /** Sends what is new, and reads it back once the run has ended. */
    DeliveryOutcome advance(RunImage image) {
        if (isComplete(store, entry, image)) {
            return DeliveryOutcome.of(DeliveryOutcome.Stage.VERIFIED);
        }
        logged.look();
        if (!names.known() || !logged.isEmpty()) {
            names = SeriesNames.of(store, entry.run());
        }
        RunImage whole = names.withFiles(image, store);
        Attachments attachments = Attachments.of(store, entry);
        if (!comparison.claims().isOurs(state(), true)) {
            return adopt(whole, attachments);
        }
        if (entry.complete()) {
            // until it is read back again it is not complete, whatever happens on the way
            put(entry.pointsThrough(), entry.digest(), false);
        }
        if (!isSent(whole, attachments)) {
            comparison.claims().beat();
            send(whole, attachments, true);
            put(entry.pointsThrough(), attachments.digestWith(whole), false);
        }
        if (!whole.ended()) {
            return DeliveryOutcome.of(DeliveryOutcome.Stage.UNDER_WAY);
        }
        ReadBack readBack = readBack(whole, attachments);
        if (readBack.excess().isPresent()) {
            return spoilt(readBack.excess().get());
        }
        return settle(whole, attachments, readBack, true);
    }

    /** Compares a run that another home made with what is here, once that home has done with it. */
    private DeliveryOutcome adopt(RunImage whole, Attachments attachments) {
        if (!whole.ended()) {
            return DeliveryOutcome.of(DeliveryOutcome.Stage.UNDER_WAY);
        }
        boolean parent = entry.run() == DeliveryLedger.PARENT;
        boolean ahead = parent
                ? comparison.claims().isAheadAtParent(state())
                : comparison.claims().isAhead(state());
        if (ahead && !Twins.isVerified(state())) {
            return DeliveryOutcome.of(DeliveryOutcome.Stage.WAITING);
        }
        // which code it was trained with is for that home to say
        RunImage theirs = whole.withoutCode();
        ReadBack readBack = readBack(theirs, attachments);
        boolean more = readBack.excess().isPresent()
                || (state().status().equals(RunStatus.FINISHED.name()) && whole.status() != RunStatus.FINISHED);
        boolean less = !readBack.points().isEmpty();
        if (more || (less && Twins.isVerified(state()))) {
            return spoilt("it was delivered from another home, and differs: "
                    + readBack.excess().orElse(readBack.differences().get(0)));
        }
        if (ahead && !readBack.differences().isEmpty()) {
            return DeliveryOutcome.of(DeliveryOutcome.Stage.WAITING);
        }
        if (less) {
            // who made it left it: what is there of it is here too
            return DeliveryOutcome.of(DeliveryOutcome.Stage.SPOILT);
        }
        if (!readBack.differences().isEmpty()) {
            comparison.claims().beat();
        }
        long through = lastPoint();
        readBackThrough = OptionalLong.of(through);
        put(through, attachments.digestWith(whole), false);
        return settle(theirs, attachments, readBack, false);
    }

    /** Repairs what can be, and stores the proof. */
    private DeliveryOutcome settle(RunImage whole, Attachments attachments, ReadBack first, boolean points) {
        ReadBack readBack = first;
        String repaired = "";
        if (!readBack.differences().isEmpty()) {
            repaired = readBack.summary() + ", sent again";
            repair(whole, attachments, readBack, points);
            readBack = readBack(whole, attachments);
        }
        boolean verified = readBack.differences().isEmpty();
        if (verified && points && !mark(whole)) {
            return DeliveryOutcome.of(DeliveryOutcome.Stage.LOST);
        }
        prove(verified, repaired);
        if (verified) {
            put(entry.pointsThrough(), entry.digest(), true);
            readBackThrough = OptionalLong.of(entry.pointsThrough());
        }
        return DeliveryOutcome.readBack(readBack.differences());
    }

    /** Lets other homes know that the run is whole; false: there is another one by now, which stays. */
    private boolean mark(RunImage whole) {
        if (Twins.isVerified(state())) {
            return true;
        }
        if (!comparison.stands(state())) {
            return false;
        }
        if (whole.status() == RunStatus.FINISHED) {
            Map<String, String> tag = Map.of(Twins.VERIFIED, channel.writer().get());
            sender.sendTags(tag);
        }
        return true;
    }

    /** What cannot be mended by sending: it is said, or the run is made again where that is asked for. */
    private DeliveryOutcome spoilt(String words) {
        if (channel.recreate()) {
            return DeliveryOutcome.of(DeliveryOutcome.Stage.SPOILT);
        }
        String reason = words + "; to make the run again from here: " + comparison.recreation();
        prove(false, reason);
        return DeliveryOutcome.readBack(List.of(reason));
    }

    private long lastPoint() {
        long last = 0;
        List<Point> page = store.points(entry.run(), last, PAGE);
        while (!page.isEmpty()) {
            last = page.get(page.size() - 1).id();
            page = store.points(entry.run(), last, PAGE);
        }
        return last;
    }

    /** Whether all of a run that has ended was sent, some time: what is missing is the proof. */
    private boolean isSent(RunImage whole, Attachments attachments) {
        return whole.ended()
                && entry.digest().equals(attachments.digestWith(whole))
                && store.points(entry.run(), entry.pointsThrough(), 1).isEmpty();
    }

    private void repair(RunImage whole, Attachments attachments, ReadBack readBack, boolean points) {
        for (List<Point> series : readBack.points()) {
            metrics.sendSeries(series, names);
        }
        sender.forgetFiles(whole, readBack.files());
        models.forget();
        logged.forgetModels();
        send(whole, attachments, points);
    }

    /** Stores what came of it. */
    void prove(boolean verified, String words) {
        store.ledger()
                .put(new DeliveryLedger.Proof(
                        entry.destination(), entry.experiment(), entry.comparison(), entry.run(), verified, words));
    }

    private ReadBack readBack(RunImage image, Attachments attachments) {
        MlflowServer.Run state = sender.refresh();
        boolean known = readBackThrough.equals(OptionalLong.of(entry.pointsThrough()));
        ReadBack found = new Reader(channel, names).compare(logged.withoutModels(image), entry.run(), state, !known);
        return found.with(Stream.of(
                        datasets.differences(attachments.data(), state.datasets()),
                        models.differences(attachments.model(), state.models()),
                        // what another home's program logged is that home's to deliver
                        comparison.claims().isOurs(state, true)
                                ? logged.differences(image, state, names)
                                : List.<String>of(),
                        registry.differences(attachments.registration()))
                .flatMap(List::stream)
                .toList());
    }

    /** @param points whether points are sent too */
    private void send(RunImage image, Attachments attachments, boolean points) {
        List<String> obsolete = new ArrayList<>(logged.removed());
        obsolete.add(RunImages.ERROR);
        sender.sendTags(image.tags(), obsolete.toArray(String[]::new));
        Map<String, String> params = sender.sendMostParams(image);
        if (!points || !sendPoints(params)) {
            sender.sendParams(params);
        }
        if (points) {
            logged.send(names);
        }
        if (image.ended()) {
            // at a time that all homes agree on, so that of two that send the same one is dropped
            metrics.sendResults(image.results(), Instant.ofEpochMilli(state().start()), state().latest());
        }
        sender.sendStatus(image.status().name(), image.ended() ? Optional.of(end(image)) : Optional.empty());
        datasets.send(attachments.data());
        if (image.ended() && points) {
            logged.sendModels(image.label());
        }
        // last: where files go past the server, all else is there
        sender.sendFiles(logged.withoutModels(image).files());
        if (image.ended()) {
            models.send(image.label(), attachments.model());
            registry.send(attachments.registration());
            if (points) {
                logged.sendFurther(image);
            }
        }
    }

    /**
     * Sends what points there are.
     *
     * @param params that go with the first of them
     * @return whether there were any
     */
    private boolean sendPoints(Map<String, String> params) {
        Map<String, String> first = params;
        int most = MetricSender.MOST_METRICS - params.size();
        List<Point> page = store.points(entry.run(), entry.pointsThrough(), most);
        boolean any = !page.isEmpty();
        while (!page.isEmpty()) {
            if (!names.known()) {
                names = SeriesNames.of(store, entry.run());
            }
            Point last = metrics.sendFirst(page, names, first);
            sender.haveParams(first);
            first = Map.of();
            lastPoint = Optional.of(last.time());
            put(last.id(), entry.digest(), false);
            comparison.claims().beat();
            page = store.points(entry.run(), last.id(), MetricSender.MOST_METRICS);
        }
        return any;
    }

    private Instant end(RunImage image) {
        if (image.end().isPresent()) {
            return image.end().get();
        }
        if (lastPoint.isEmpty()) {
            lastPoint = store.points(entry.run(), entry.pointsThrough() - 1, 1).stream()
                    .map(Point::time)
                    .findFirst();
        }
        return lastPoint.orElse(image.start());
    }

    private void put(long through, String digest, boolean complete) {
        DeliveryLedger.Entry next = new DeliveryLedger.Entry(
                entry.destination(),
                entry.experiment(),
                entry.comparison(),
                entry.run(),
                entry.remoteRun(),
                through,
                digest,
                complete);
        if (!next.equals(entry)) {
            store.ledger().put(next);
            entry = next;
            channel.movement().recorded();
        }
    }
}
