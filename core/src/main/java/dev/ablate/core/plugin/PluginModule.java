package dev.ablate.core.plugin;

import com.google.inject.AbstractModule;
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

    /** For subclasses, which need a public constructor without parameters. */
    protected PluginModule() {}

    /** Names what the plugin brings, with {@link #dataset}, {@link #trainer}, {@link #metric} and {@link #launcher}. */
    protected abstract void plug();

    @Override
    protected final void configure() {
        plug();
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
            declare();
            slot().to(type);
        }

        /** Binds an instance. */
        public void to(T instance) {
            declare();
            slot().toInstance(instance);
        }

        private void declare() {
            Multibinder.newSetBinder(binder().skipSources(PluginModule.class, Entry.class), PluginEntry.class)
                    .addBinding()
                    .toInstance(entry);
        }

        // Safe: kind and T were chosen together in dataset(), trainer(), metric() and launcher(), and nothing else
        // makes an entry.
        @SuppressWarnings("unchecked")
        private LinkedBindingBuilder<T> slot() {
            var binder = binder().skipSources(PluginModule.class, Entry.class);
            LinkedBindingBuilder<?> slot = switch (entry.kind()) {
                case DATASET ->
                    MapBinder.newMapBinder(binder, new TypeLiteral<String>() {}, new TypeLiteral<DatasetSource<?>>() {})
                            .addBinding(entry.name());
                case TRAINER ->
                    MapBinder.newMapBinder(binder, new TypeLiteral<String>() {}, new TypeLiteral<Trainer<?>>() {})
                            .addBinding(entry.name());
                case METRIC ->
                    MapBinder.newMapBinder(binder, String.class, Metric.class).addBinding(entry.name());
                case LAUNCHER ->
                    MapBinder.newMapBinder(binder, new TypeLiteral<String>() {}, new TypeLiteral<Launcher<?>>() {})
                            .addBinding(entry.name());
            };
            return (LinkedBindingBuilder<T>) slot;
        }
    }
}
