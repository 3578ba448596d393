package dev.ablate.runner.catalog;

import dev.ablate.core.plugin.PluginModule;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * The plugin modules that there are. One that is broken is told, and hides no other.
 *
 * @param working in the order in which they were found
 * @param broken what is wrong with the others
 */
record Plugins(List<Plugin> working, List<PluginException> broken) {

    /** A loader whose service files cannot be listed would tell so for ever. */
    private static final int MOST_BROKEN = 1_000;

    private static final String PREFIX = PluginModule.class.getName() + ": ";

    Plugins {
        working = List.copyOf(working);
        broken = List.copyOf(broken);
    }

    static Plugins find(ClassLoader builtIn, List<Path> folders) {
        List<Plugin> working = new ArrayList<>();
        List<PluginException> broken = new ArrayList<>();
        List<ClassLoader> loaders = new ArrayList<>(List.of(builtIn));
        for (Path folder : folders) {
            try {
                loaders.addAll(PluginFolders.loaders(folder));
            } catch (UncheckedIOException e) {
                broken.add(new PluginException("the plugins in " + folder + " cannot be read: " + e.getCause(), e));
            }
        }
        loaders.forEach(loader -> find(loader, working, broken));
        return new Plugins(working, broken);
    }

    private static void find(ClassLoader loader, List<Plugin> working, List<PluginException> broken) {
        Map<Object, Jar> jars = new HashMap<>();
        Iterator<ServiceLoader.Provider<PluginModule>> found =
                ServiceLoader.load(PluginModule.class, loader).stream().iterator();
        boolean more = true;
        while (more && broken.size() < MOST_BROKEN) {
            try {
                more = found.hasNext();
                if (more) {
                    ServiceLoader.Provider<PluginModule> provider = found.next();
                    Jar jar = Jar.of(provider.type());
                    working.add(plugin(provider, jars.computeIfAbsent(jar.location(), where -> jar)));
                }
            } catch (PluginException e) {
                broken.add(e);
            } catch (ServiceConfigurationError | LinkageError e) {
                String reason = String.valueOf(e.getMessage()).replace(PREFIX, "");
                broken.add(new PluginException("a plugin cannot be loaded: " + reason, e));
            }
        }
    }

    private static Plugin plugin(ServiceLoader.Provider<PluginModule> provider, Jar jar) {
        PluginModule module;
        try {
            module = ContextLoader.call(provider.type().getClassLoader(), provider);
        } catch (ServiceConfigurationError | LinkageError e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String name = provider.type().getName();
            throw new PluginException("plugin " + name + " of " + jar + " cannot be made: " + jar.reason(cause), e);
        }
        return Plugin.of(module, jar);
    }
}
