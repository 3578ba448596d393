package dev.ablate.worker.catalog;

import dev.ablate.core.launch.Launcher;
import dev.ablate.core.option.Refused;
import dev.ablate.core.plugin.PluginEntry;
import dev.ablate.core.plugin.PluginEntry.Kind;
import dev.ablate.core.training.Explains;
import dev.ablate.worker.text.Thrown;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** One dataset, trainer, metric or launcher of a plugin, as what its code is called. */
public final class Plugged {

    private final Plugin from;
    private final PluginEntry entry;
    private final String called;

    Plugged(Plugin from, PluginEntry entry) {
        this.from = from;
        this.entry = entry;
        this.called = word(entry.kind()) + " '" + entry.name() + "' of " + from.jar();
    }

    /** {@code dataset}, {@code trainer}, {@code metric} or {@code launcher}. */
    public static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** What the plugin says of it. */
    public PluginEntry entry() {
        return entry;
    }

    /** {@code trainer 'perceptron' of ablate-perceptron.jar}. */
    public String called() {
        return called;
    }

    /** The name of the jar, or folder of classes, that it comes from. */
    public String jar() {
        return from.jar().toString();
    }

    /** The folder of its plugin, in a {@linkplain Plugins#find folder of plugins}; empty for what is on the class path. */
    public Optional<Path> folder() {
        return PluginFolders.isFolder(from.loader()) ? from.jar().location().map(Path::getParent) : Optional.empty();
    }

    /**
     * SHA-256 of what the jar, or folder of classes, holds.
     *
     * @throws PluginException if it cannot be read
     */
    public String contentHash() {
        return from.jar().contentHash();
    }

    /** The plugin: {@code acme.Neurons, acme.jar, SHA-256 ...}; without a digest if it does not come from a file. */
    public String plugin() {
        return from.toString();
    }

    Plugin from() {
        return from;
    }

    /**
     * Its options record.
     *
     * @throws PluginException if its author made a mistake
     */
    public OptionsRecord options() {
        return call(
                () -> {
                    OptionsRecord record = new OptionsRecord(entry.options());
                    if (entry.kind() == Kind.LAUNCHER) {
                        record.refuse(Launcher.FOLDER, "is a key of every launcher: rename it");
                    }
                    return record;
                },
                this::unusable);
    }

    /**
     * Options of plain data: what {@link OptionsRecord#written} gave, or the same from JSON.
     *
     * @throws PluginException if they are not values of its options, or do not fit together
     */
    public Record options(Map<String, ?> data) {
        OptionsRecord record = options();
        return call(
                () -> record.read(data),
                e -> e instanceof Refused refused
                        ? broken("refuses its options: " + Thrown.oneLine(String.valueOf(refused.getMessage())))
                        : unusable(e));
    }

    /** The dataset with its options; the plugin wakes when it is opened. */
    public BoundDataset dataset(Record options) {
        return new PluggedDataset(this, options);
    }

    /**
     * The trainer with its options, which wakes here.
     *
     * @throws PluginException if it cannot be made
     */
    public BoundTrainer trainer(Record options) {
        return new PluggedTrainer(this, options);
    }

    /**
     * The metric, which wakes here.
     *
     * @throws PluginException if it cannot be made, or does not say what it is
     */
    public BoundMetric metric() {
        return BoundMetric.of(this);
    }

    /**
     * The launcher with its options, which wakes here.
     *
     * @throws PluginException if it cannot be made
     */
    public BoundLauncher launcher(Record options) {
        return new PluggedLauncher(this, options);
    }

    /** Whether it is in the program's own jar. */
    public boolean comesWithProgram() {
        return from.comesWithProgram();
    }

    /**
     * Whether it is a trainer that can explain how it makes an update; it is made for that.
     *
     * @throws PluginException if it cannot be made
     */
    public boolean explains() {
        return from.trainer(this) instanceof Explains<?>;
    }

    /**
     * Calls it.
     *
     * @throws PluginException if it throws anything
     */
    public <T> T call(Callable<T> call) {
        return call(call, this::failed);
    }

    /** Calls it; what it throws is thrown as {@code failure} says. */
    public <T> T call(Callable<T> call, Function<Throwable, RuntimeException> failure) {
        return PluginCall.make(from.loader(), called, call, failure);
    }

    /** It cannot be used. */
    public PluginException unusable(Throwable thrown) {
        return failure(" cannot be used: ", thrown);
    }

    /** It cannot be made. */
    PluginException unmade(Throwable thrown) {
        return failure(" cannot be made: ", thrown);
    }

    /** A call ended with what it threw. */
    public PluginException failed(Throwable thrown) {
        return failure(" failed: ", thrown);
    }

    /** What it gave is nothing that can be used. */
    public PluginException broken(String what) {
        return new PluginException(called + " " + what);
    }

    private PluginException failure(String what, Throwable thrown) {
        if (thrown instanceof PluginException known
                && String.valueOf(known.getMessage()).startsWith(called)) {
            // from a call within this call
            return known;
        }
        String reason = thrown instanceof PluginException
                ? String.valueOf(thrown.getMessage())
                : from.jar().reason(thrown);
        return new PluginException(called + what + reason, thrown);
    }
}
