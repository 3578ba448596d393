package dev.ablate.core.plugin;

import com.google.inject.AbstractModule;
import com.google.inject.Binder;
import com.google.inject.TypeLiteral;
import com.google.inject.binder.LinkedBindingBuilder;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.multibindings.Multibinder;
import dev.ablate.core.data.DatasetSource;
import dev.ablate.core.launch.Launcher;
import dev.ablate.core.metric.Metric;
import dev.ablate.core.option.NoOptions;
import dev.ablate.core.plugin.PluginEntry.Kind;
import dev.ablate.core.training.Trainer;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A plugin: a Guice module that names datasets, trainers, metrics and launchers.
 *
 * <p>A plugin's jar lists its modules in {@code META-INF/services/dev.ablate.core.plugin.PluginModule}, and its manifest has
 * {@code Ablate-SPI: 2}, the number of the contract that it was built for. Each module gets an
 * injector of its own, without a parent: what it needs it binds itself, with all of Guice at hand.
 *
 * <pre>{@code
 * public final class MyPlugins extends PluginModule {
 *     @Override
 *     protected void plug() {
 *         dataset("coin-flips", CoinOptions.class).summary("Tosses of a biased coin").to(CoinFlips.class);
 *         trainer("majority", NoOptions.class).summary("Always answers the commoner class").to(Majority.class);
 *         metric("within").summary("Share of answers within a tenth of the target").to(Within.class);
 *         launcher("grid", GridOptions.class).summary("Jobs of our grid").to(Grid.class);
 *     }
 * }
 * }</pre>
 *
 * <p>Listing and describing read the entries alone: the options record is loaded then, and the bound class is not made. So an
 * options record mentions types of this library and of the JDK only. A trainer or launcher is made when a spec that names it is planned, and
 * metrics when any spec is: what their constructors cannot do without is reported before anything runs.
 */
public abstract class PluginModule extends AbstractModule {

    /** What the entries of one run of {@link #configure} are bound in. */
    private @Nullable Slots slots;

    /** For subclasses, which need a public constructor without parameters. */
    protected PluginModule() {}

    /** Names what the plugin brings, with {@link #dataset}, {@link #trainer}, {@link #metric} and {@link #launcher}. */
    protected abstract void plug();

    @Override
    protected final void configure() {
        try {
            plug();
        } finally {
            slots = null;
        }
    }

    private Slots slots() {
        Slots begun = slots;
        if (begun == null) {
            begun = new Slots(binder());
            slots = begun;
        }
        return begun;
    }

    /**
     * Brings a dataset; nothing happens before {@code to}.
     *
     * @param name lower-case words joined by {@code -}, unique among all plugins
     * @param options the options record
     */
    protected final <O extends Record> Entry<O, DatasetSource<O>> dataset(String name, Class<O> options) {
        return new Entry<>(Kind.DATASET, name, options, "", "", false);
    }

    /**
     * Brings a trainer; nothing happens before {@code to}.
     *
     * @param name lower-case words joined by {@code -}, unique among all plugins
     * @param options the options record
     */
    protected final <O extends Record> Entry<O, Trainer<O>> trainer(String name, Class<O> options) {
        return new Entry<>(Kind.TRAINER, name, options, "", "", false);
    }

    /**
     * Brings a metric; nothing happens before {@code to}.
     *
     * @param name lower-case words joined by {@code _}, unique among all plugins
     */
    protected final Entry<NoOptions, Metric> metric(String name) {
        return new Entry<>(Kind.METRIC, name, NoOptions.class, "", "", false);
    }

    /**
     * Brings a launcher; nothing happens before {@code to}.
     *
     * @param name lower-case words joined by {@code -}, unique among all plugins, and not {@link Launcher#LOCAL}
     * @param options the options record, without a component {@link Launcher#FOLDER}
     */
    protected final <O extends Record> Entry<O, Launcher<O>> launcher(String name, Class<O> options) {
        return new Entry<>(Kind.LAUNCHER, name, options, "", "", false);
    }

    /**
     * One dataset, trainer, metric or launcher on its way into the catalog; immutable, ended by {@link #to}.
     *
     * @param <O> the options record
     * @param <T> what is brought
     */
    protected final class Entry<O extends Record, T> {

        private final PluginEntry entry;

        private Entry(Kind kind, String name, Class<O> options, String summary, String source, boolean oneAtATime) {
            this.entry = new PluginEntry(kind, name, options, summary, source, oneAtATime);
        }

        private Entry(PluginEntry entry) {
            this.entry = entry;
        }

        /** Says in one line what it is. */
        public Entry<O, T> summary(String text) {
            return new Entry<>(new PluginEntry(
                    entry.kind(), entry.name(), entry.options(), text, entry.source(), entry.oneAtATime()));
        }

        /** Says who published it. */
        public Entry<O, T> source(String text) {
            return new Entry<>(new PluginEntry(
                    entry.kind(), entry.name(), entry.options(), entry.summary(), text, entry.oneAtATime()));
        }

        /**
         * Says of a dataset or trainer that its runs must not overlap, whatever {@code --jobs} allows.
         *
         * @throws IllegalArgumentException of a metric or a launcher
         */
        public Entry<O, T> oneAtATime() {
            return new Entry<>(new PluginEntry(
                    entry.kind(), entry.name(), entry.options(), entry.summary(), entry.source(), true));
        }

        /** Binds a class, of which Guice makes an instance when it is first used. */
        public void to(Class<? extends T> type) {
            slot().to(type);
        }

        /** Binds an instance. */
        public void to(T instance) {
            slot().toInstance(instance);
        }

        // Safe: kind and T were chosen together in dataset(), trainer(), metric() and launcher(), and nothing else
        // makes an entry.
        @SuppressWarnings("unchecked")
        private LinkedBindingBuilder<T> slot() {
            return (LinkedBindingBuilder<T>) slots().add(entry);
        }
    }

    /** The set of entries, and a map for each kind of what they name: begun once, as Guice takes long to begin one. */
    private static final class Slots {

        private final Binder binder;
        private final Multibinder<PluginEntry> entries;
        private final Map<Kind, MapBinder<String, ?>> named = new EnumMap<>(Kind.class);

        Slots(Binder binder) {
            // what is wrong with an entry is at the author's line
            this.binder = binder.skipSources(PluginModule.class, Entry.class, Slots.class);
            this.entries = Multibinder.newSetBinder(this.binder, PluginEntry.class);
        }

        LinkedBindingBuilder<?> add(PluginEntry entry) {
            entries.addBinding().toInstance(entry);
            MapBinder<String, ?> map = named.get(entry.kind());
            if (map == null) {
                map = begin(entry.kind());
                named.put(entry.kind(), map);
            }
            return map.addBinding(entry.name());
        }

        private MapBinder<String, ?> begin(Kind kind) {
            return switch (kind) {
                case DATASET ->
                    MapBinder.newMapBinder(
                            binder, new TypeLiteral<String>() {}, new TypeLiteral<DatasetSource<?>>() {});
                case TRAINER ->
                    MapBinder.newMapBinder(binder, new TypeLiteral<String>() {}, new TypeLiteral<Trainer<?>>() {});
                case METRIC -> MapBinder.newMapBinder(binder, String.class, Metric.class);
                case LAUNCHER ->
                    MapBinder.newMapBinder(binder, new TypeLiteral<String>() {}, new TypeLiteral<Launcher<?>>() {});
            };
        }
    }
}
