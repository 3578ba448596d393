package dev.ablate.worker.catalog;

import dev.ablate.core.plugin.PluginEntry;
import dev.ablate.core.plugin.PluginEntry.Kind;
import dev.ablate.core.plugin.PluginModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Datasets, trainers, metrics and launchers by name. A plugin that is broken is reported, and hides no other. */
public final class Plugins {

    /** What is wrong with more than these is not worth reading. */
    private static final int MOST_BROKEN = 100;

    private final Map<Kind, SortedMap<String, Plugged>> byName = new EnumMap<>(Kind.class);
    private final List<String> twice = new ArrayList<>();
    private final List<PluginException> broken;

    private Plugins(List<Plugin> working, List<PluginException> broken) {
        this.broken = List.copyOf(broken);
        Stream.of(Kind.values()).forEach(kind -> byName.put(kind, new TreeMap<>()));
        for (Plugin plugin : working) {
            for (PluginEntry entry : plugin.entries()) {
                Plugged plugged = new Plugged(plugin, entry);
                Plugged other = named(entry.kind()).putIfAbsent(entry.name(), plugged);
                if (other != null) {
                    twice.add(Plugged.word(entry.kind()) + " '" + entry.name() + "' is provided twice: by "
                            + Jar.message(other.from().jar(), plugin.jar()));
                }
            }
        }
    }

    /**
     * Finds what a class loader sees, and what is in folders.
     *
     * @param builtIn sees the built-in plugins
     * @param folders each with a folder of jars for each plugin; they need not exist
     */
    public static Plugins find(ClassLoader builtIn, List<Path> folders) {
        List<Plugin> working = new ArrayList<>();
        List<PluginException> broken = new ArrayList<>();
        List<ClassLoader> loaders = new ArrayList<>(List.of(builtIn));
        for (Path folder : folders) {
            try {
                loaders.addAll(PluginFolders.loaders(folder, broken));
            } catch (UncheckedIOException e) {
                broken.add(new PluginException("the plugins in " + folder + " cannot be read: " + e.getCause(), e));
            }
        }
        loaders.forEach(loader -> find(loader, working, broken));
        if (broken.size() > MOST_BROKEN) {
            int more = broken.size() - MOST_BROKEN;
            broken.subList(MOST_BROKEN, broken.size()).clear();
            broken.add(new PluginException("and " + more + " more plugins that cannot be used"));
        }
        return new Plugins(working, broken);
    }

    /** All of one kind by name. */
    public SortedMap<String, Plugged> of(Kind kind) {
        return Collections.unmodifiableSortedMap(named(kind));
    }

    /**
     * All metrics that can be used: those that come with the program in their own order, then those of others by name.
     *
     * @param unusable gets those that cannot be made, by name
     */
    public Metrics metrics(BiConsumer<String, PluginException> unusable) {
        List<Plugged> ordered = new ArrayList<>();
        named(Kind.METRIC).values().stream()
                .filter(Plugged::comesWithProgram)
                .map(Plugged::from)
                .distinct()
                .flatMap(plugin -> plugin.entries().stream())
                .filter(entry -> entry.kind() == Kind.METRIC)
                .flatMap(entry -> Optional.ofNullable(named(Kind.METRIC).get(entry.name())).stream())
                .forEach(ordered::add);
        named(Kind.METRIC).values().stream()
                .filter(plugged -> !plugged.comesWithProgram())
                .forEach(ordered::add);
        List<BoundMetric> made = new ArrayList<>();
        for (Plugged plugged : ordered) {
            try {
                made.add(plugged.metric());
            } catch (PluginException e) {
                unusable.accept(plugged.entry().name(), e);
            }
        }
        return new Metrics(made);
    }

    private SortedMap<String, Plugged> named(Kind kind) {
        return Objects.requireNonNull(byName.get(kind));
    }

    /** What is wrong with names that are provided twice: only one of the two is {@linkplain #of there}. */
    public List<String> twice() {
        return List.copyOf(twice);
    }

    /** What is wrong with plugins that cannot be used. */
    public List<PluginException> broken() {
        return broken;
    }

    private static void find(ClassLoader loader, List<Plugin> working, List<PluginException> broken) {
        Map<Object, Jar> jars = new HashMap<>();
        Set<String> known = new HashSet<>();
        for (URL file : servicesFiles(loader, broken)) {
            try {
                ServicesFile listed = ServicesFile.read(file);
                for (String module : listed.modules()) {
                    if (known.add(module)) {
                        try {
                            working.add(plugin(loader, module, listed.jar(), jars));
                        } catch (PluginException e) {
                            broken.add(e);
                        }
                    }
                }
            } catch (PluginException e) {
                broken.add(e);
            }
        }
    }

    private static List<URL> servicesFiles(ClassLoader loader, List<PluginException> broken) {
        try {
            return Collections.list(loader.getResources(ServicesFile.PATH));
        } catch (IOException e) {
            broken.add(new PluginException("plugins cannot be looked for: " + e, e));
            return List.of();
        }
    }

    private static Plugin plugin(ClassLoader loader, String module, Jar listed, Map<Object, Jar> jars) {
        String name = "plugin " + module + " of " + listed;
        Class<?> type = PluginCall.make(
                loader,
                name,
                () -> Class.forName(module, false, loader),
                e -> new PluginException(
                        name
                                + (e instanceof ClassNotFoundException
                                        ? " is listed in it, and there is no such class"
                                        : " cannot be loaded: " + listed.reason(e)),
                        e));
        if (!PluginModule.class.isAssignableFrom(type)) {
            throw new PluginException(name + " does not extend " + PluginModule.class.getName());
        }
        Jar jar = Jar.of(type);
        Jar same = jars.computeIfAbsent(jar.location(), where -> jar);
        PluginModule made = PluginCall.make(
                type.getClassLoader(),
                name,
                () -> (PluginModule) type.getConstructor().newInstance(),
                e -> new PluginException(name + " cannot be made: " + same.reason(e), e));
        return Plugin.of(made, same, name);
    }
}
