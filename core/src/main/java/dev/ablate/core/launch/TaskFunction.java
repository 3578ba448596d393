package dev.ablate.core.launch;

import java.nio.file.Path;
import java.util.List;

/**
 * What {@link Exchange#command} does, as a function of Java: for a launcher whose machines have a Java process already.
 *
 * <p>The class has a public static method
 *
 * <pre>{@code
 * int run(Path plugins, Path folder, Map<String, byte[]> tasks, BiConsumer<String, byte[]> results,
 *         Consumer<String> printer, AtomicBoolean cancelled)
 * }</pre>
 *
 * which trains tasks one after the other, gives the result of each, prints a line for each, and returns what the command ends with. It
 * is given what the tasks' files hold, by their names, and a folder with {@linkplain Exchange#files all others that they need}; what it
 * gives, with the task's name, belongs into the file of the task's result. It ends
 * early, as the command does by SIGTERM, once {@code cancelled} is true. Several threads may call it. Its parameters are types of Java
 * alone, so that a class loader of its own, with no other class in sight, keeps it apart from whatever else the process has.
 *
 * @param classPath jars and folders of classes, in their order
 * @param className the class
 * @param plugins a folder of jars for each plugin that the tasks use and that is not on the class path; {@code run} takes the folder that has them
 */
public record TaskFunction(List<Path> classPath, String className, List<Path> plugins) {

    /** The method's name. */
    public static final String METHOD = "run";

    /** Copies the lists. */
    public TaskFunction {
        classPath = List.copyOf(classPath);
        plugins = List.copyOf(plugins);
    }
}
