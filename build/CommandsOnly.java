import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;

/**
 * Writes down which jars of the application only its commands need: what trains tasks elsewhere does without.
 *
 * <p>Its argument is a folder of jars, into which it writes the file {@code commands-only} with a name a line. What trains needs the
 * jars of plugins and the worker's, all that their classes name, and what offers a service to any of these. It runs with ASM on its
 * class path.
 */
final class CommandsOnly {

    private static final String SERVICES = "META-INF/services/";
    private static final String PLUGINS = SERVICES + "dev.ablate.core.plugin.PluginModule";

    /** A class within a descriptor, or as the whole of a name. */
    private static final Pattern NAMED = Pattern.compile("L([\\w$/]+)[;<]");

    /** What a jar names, and the interfaces that it offers services for. */
    private record Named(Set<String> classes, Set<String> services) {}

    private CommandsOnly() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Map<String, Named> jars = new TreeMap<>();
        Map<String, String> homes = new HashMap<>();
        Deque<String> open = new ArrayDeque<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                try (JarFile jar = new JarFile(file.toFile())) {
                    jars.put(name, named(jar, name, homes));
                    if (jar.getEntry(PLUGINS) != null) {
                        open.add(name);
                    }
                }
            }
        }
        Set<String> needed = new TreeSet<>();
        while (!open.isEmpty()) {
            String name = open.remove();
            if (needed.add(name)) {
                jars.get(name).classes().forEach(type -> Stream.ofNullable(homes.get(type)).forEach(open::add));
                jars.forEach((other, named) -> {
                    if (named.services().stream().anyMatch(type -> name.equals(homes.get(type)))) {
                        open.add(other);
                    }
                });
            }
        }
        List<String> left = new ArrayList<>(jars.keySet());
        left.removeAll(needed);
        Files.write(folder.resolve("commands-only"), left);
    }

    private static Named named(JarFile jar, String name, Map<String, String> homes) throws IOException {
        Set<String> classes = new TreeSet<>();
        Set<String> services = new TreeSet<>();
        for (JarEntry entry : jar.stream().toList()) {
            String path = entry.getName();
            if (path.startsWith(SERVICES) && !entry.isDirectory()) {
                services.add(path.substring(SERVICES.length()).replace('.', '/'));
            } else if (path.endsWith(".class") && !path.endsWith("module-info.class")) {
                homes.putIfAbsent(path.substring(0, path.length() - ".class".length()), name);
                try (InputStream in = jar.getInputStream(entry)) {
                    add(in.readAllBytes(), classes);
                }
            }
        }
        return new Named(classes, services);
    }

    /** Adds what the constants of a class name: classes, and those of descriptors and signatures. */
    private static void add(byte[] bytes, Set<String> classes) {
        ClassReader reader = new ClassReader(bytes);
        char[] buffer = new char[reader.getMaxStringLength()];
        for (int k = 1; k < reader.getItemCount(); k++) {
            int at = reader.getItem(k);
            int tag = at == 0 ? 0 : bytes[at - 1];
            if (tag == 7) {
                classes.add(reader.readUTF8(at, buffer));
            } else if (tag == 1) {
                int length = reader.readUnsignedShort(at);
                Matcher matcher = NAMED.matcher(new String(bytes, at + 2, length, StandardCharsets.UTF_8));
                while (matcher.find()) {
                    classes.add(matcher.group(1));
                }
            }
        }
    }
}
