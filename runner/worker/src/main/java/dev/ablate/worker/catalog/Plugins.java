package dev.ablate.worker.catalog;

import dev.ablate.core.plugin.PluginModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The plugin modules that there are. One that is broken is reported, and hides no other.
 *
 * @param working in the order in which they were found
 * @param broken what is wrong with the others
 */
public record Plugins(List<Plugin> working, List<PluginException> broken) {

    /** What is wrong with more than these is not worth reading. */
    private static final int MOST_BROKEN = 100;

    /** Copies the lists. */
    public Plugins {
        working = List.copyOf(working);
        broken = List.copyOf(broken);
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
