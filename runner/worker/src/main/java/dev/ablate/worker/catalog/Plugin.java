package dev.ablate.worker.catalog;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Provider;
import com.google.inject.spi.Element;
import com.google.inject.spi.Elements;
import com.google.inject.spi.InstanceBinding;
import com.google.inject.spi.Message;
import dev.ablate.core.data.DatasetSource;
import dev.ablate.core.launch.Launcher;
import dev.ablate.core.metric.Metric;
import dev.ablate.core.plugin.PluginEntry;
import dev.ablate.core.plugin.PluginModule;
import dev.ablate.core.training.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One plugin module: what it says it brings, and an injector of its own, without a parent, once something of it is used. */
final class Plugin {

    private final String name;
    private final ClassLoader loader;
    private final Jar jar;
    private final List<Element> elements;
    private final List<PluginEntry> entries;
    private final boolean comesWithProgram;
    private @Nullable Injector injector;

    private Plugin(PluginModule module, Jar jar, List<Element> elements, List<PluginEntry> entries) {
        this.name = module.getClass().getName();
        this.loader = module.getClass().getClassLoader();
        this.jar = jar;
        this.elements = List.copyOf(elements);
        this.entries = List.copyOf(entries);
        this.comesWithProgram = jar.location().isPresent()
                && jar.location().equals(Jar.of(Plugin.class).location());
    }

    /**
     * Reads what a module brings; no class that it binds is woken.
     *
     * @param name {@code plugin acme.A of acme.jar}
     * @throws PluginException if the module cannot say so
     */
    static Plugin of(PluginModule module, Jar jar, String name) {
        List<PluginEntry> entries = new ArrayList<>();
        List<Message> errors = new ArrayList<>();
        List<Element> elements = PluginCall.make(
                module.getClass().getClassLoader(),
                name,
                () -> Elements.getElements(module),
                e -> new PluginException(name + " cannot be read: " + jar.reason(e), e));
        for (Element element : elements) {
            if (element instanceof Message message) {
                errors.add(message);
            } else if (element instanceof InstanceBinding<?> binding
                    && binding.getInstance() instanceof PluginEntry entry) {
                entries.add(entry);
            }
        }
        if (!errors.isEmpty()) {
            throw new PluginException(name + " cannot be read: " + Jar.message(errors));
        }
        return new Plugin(module, jar, elements, entries);
    }

    /** {@code acme.Neurons, acme.jar, SHA-256 ...}: without a digest if the module does not come from a file. */
    @Override
    public String toString() {
        String file = name + ", " + jar;
        try {
            return file + ", SHA-256 " + jar.contentHash();
        } catch (PluginException e) {
            return file;
        }
    }

    ClassLoader loader() {
        return loader;
    }

    Jar jar() {
        return jar;
    }

    List<PluginEntry> entries() {
        return entries;
    }

    /**
     * Makes a dataset that this plugin brings, and nothing else of it.
     *
     * @throws PluginException if it cannot be made
     */
    DatasetSource<?> dataset(Plugged dataset) {
        return make(dataset, new Key<>() {});
    }

    /**
     * Makes a trainer that this plugin brings, and nothing else of it.
     *
     * @throws PluginException if it cannot be made
     */
    Trainer<?> trainer(Plugged trainer) {
        return make(trainer, new Key<>() {});
    }

    /**
     * Makes a metric that this plugin brings, and nothing else of it.
     *
     * @throws PluginException if it cannot be made
     */
    Metric metric(Plugged metric) {
        return make(metric, new Key<>() {});
    }

    /**
     * Makes a launcher that this plugin brings, and nothing else of it.
     *
     * @throws PluginException if it cannot be made
     */
    Launcher<?> launcher(Plugged launcher) {
        return make(launcher, new Key<>() {});
    }

    /** Whether it is in the program's own jar, beside this class. */
    public boolean comesWithProgram() {
        return comesWithProgram;
    }

    /** A failure is not remembered, so that every use of a broken plugin reports what is wrong with it. */
    private synchronized Injector injector() {
        Injector made = injector;
        if (made == null) {
            // of what the module has said already: to ask it again takes as long as before
            made = Guice.createInjector(Elements.getModule(elements));
            injector = made;
        }
        return made;
    }

    private <T> T make(Plugged wanted, Key<Map<String, Provider<T>>> key) {
        return wanted.call(
                () -> {
                    Provider<T> provider =
                            injector().getInstance(key).get(wanted.entry().name());
                    if (provider == null) {
                        throw new IllegalStateException("it is not among what the plugin binds");
                    }
                    return Objects.requireNonNull(provider.get(), "its provider gave null");
                },
                wanted::unmade);
    }
}
