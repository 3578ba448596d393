package dev.ablate.worker.task;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a process knows of its program and its machine, by the names under which runs keep it. */
public final class ThisProgram {

    /** The name of the machine's name. */
    public static final String HOST = "host";

    /** The name of the processor's name. */
    public static final String PROCESSOR = "processor";

    private static final Pattern MODEL = Pattern.compile("(?m)^model name\\s*:\\s*(\\S.*)$");

    private ThisProgram() {}

    /**
     * Everything.
     *
     * @param environment the environment's variables
     */
    static Map<String, String> facts(Map<String, String> environment) {
        Map<String, String> facts = new LinkedHashMap<>(ofJava());
        processor(environment).ifPresent(processor -> facts.put(PROCESSOR, processor));
        host(environment).ifPresent(host -> facts.put(HOST, host));
        return facts;
    }

    /** What Java and the program say of themselves: nothing is asked of the machine. */
    public static Map<String, String> ofJava() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("ablate", Version.text());
        property(facts, "java", "java.version");
        property(facts, "virtual_machine", "java.vm.name");
        property(facts, "operating_system", "os.name");
        property(facts, "operating_system_version", "os.version");
        property(facts, "architecture", "os.arch");
        facts.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("libraries", libraries(classPath()));
        facts.values().removeIf(String::isEmpty);
        return facts;
    }

    private static void property(Map<String, String> facts, String name, String property) {
        facts.put(name, System.getProperty(property, ""));
    }

    /** That of the loader that has this class, where it is none of Java's own. */
    private static String classPath() {
        return ThisProgram.class.getClassLoader() instanceof URLClassLoader own
                ? Stream.of(own.getURLs()).map(URL::getPath).collect(Collectors.joining(File.pathSeparator))
                : System.getProperty("java.class.path", "");
    }

    /** The names of the jars of a class path, one a line. */
    public static String libraries(String classPath) {
        return Arrays.stream(classPath.split(Pattern.quote(File.pathSeparator), -1))
                .filter(entry -> entry.endsWith(".jar"))
                .map(entry -> String.valueOf(Path.of(entry).getFileName()))
                .sorted()
                .distinct()
                .collect(Collectors.joining("\n"));
    }

    /** The processor's name, if it is known. */
    public static Optional<String> processor(Map<String, String> environment) {
        return text(Path.of("/proc/cpuinfo"))
                .map(MODEL::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1).strip())
                .or(() -> variable(environment, "PROCESSOR_IDENTIFIER"));
    }

    /** The machine's name, if it is known; asking may take seconds. */
    public static Optional<String> host(Map<String, String> environment) {
        return text(Path.of("/proc/sys/kernel/hostname"))
                .or(() -> variable(environment, "COMPUTERNAME"))
                .or(() -> {
                    try {
                        return Optional.of(InetAddress.getLocalHost().getHostName());
                    } catch (UnknownHostException e) {
                        return Optional.empty();
                    }
                });
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
