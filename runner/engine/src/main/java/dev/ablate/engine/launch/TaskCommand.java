package dev.ablate.engine.launch;

import dev.ablate.core.launch.TaskFile;
import dev.ablate.core.launch.TaskFunction;
import dev.ablate.core.plugin.PluginEntry.Kind;
import dev.ablate.engine.catalog.Catalog;
import dev.ablate.worker.spec.RunSpec;
import dev.ablate.worker.task.TaskProgram;
import dev.ablate.worker.task.TasksInProcess;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How tasks are run by another process, or within it.
 *
 * @param program a program and its arguments, behind which those of {@link TaskProgram} stand
 * @param pluginFolders each with a folder of jars for each plugin
 * @param catalog what is there and on the class path
 */
public record TaskCommand(List<String> program, List<Path> pluginFolders, Catalog catalog) {

    /** A file beside jars with the names of some, as {@code build/CommandsOnly.java} writes it. */
    private static final String COMMANDS_ONLY = "commands-only";

    /** Arguments of Java that are for one process alone. */
    private static final List<String> OF_THIS_PROCESS = List.of(
            "-agent",
            "-javaagent",
            "-XX:ArchiveClassesAtExit",
            "-XX:StartFlightRecording",
            "-XX:TieredStopAtLevel",
            "-Xlog:gc");

    /** Copies the lists. */
    public TaskCommand {
        program = List.copyOf(program);
        pluginFolders = List.copyOf(pluginFolders);
    }

    /** This Java, with the arguments and the class path of this process. */
    public static List<String> ofThisJava() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // where libraries are unpacked, the collector, and what a person wants of each Java
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> OF_THIS_PROCESS.stream().noneMatch(argument::startsWith))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), TaskProgram.class.getName()));
        return List.copyOf(command);
    }

    /** What runs tasks within another Java: what this class path has for it, and the plugins that the tasks name. */
    TaskFunction function(List<RunSpec> tasks) {
        Set<Path> used = new TreeSet<>();
        for (RunSpec task : tasks) {
            catalog.folder(Kind.DATASET, task.dataset().plugin()).ifPresent(used::add);
            catalog.folder(Kind.TRAINER, task.trainer().plugin()).ifPresent(used::add);
            task.metrics().forEach(metric -> catalog.folder(Kind.METRIC, metric).ifPresent(used::add));
        }
        return new TaskFunction(
                training(System.getProperty("java.class.path", "")), TasksInProcess.class.getName(), List.copyOf(used));
    }

    /** The entries of a class path that what trains may need: the build of the application has noted of some jars that only commands do. */
    static List<Path> training(String classPath) {
        List<Path> entries = Stream.of(classPath.split(Pattern.quote(File.pathSeparator), -1))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath())
                .toList();
        Set<Path> left = new HashSet<>();
        entries.stream()
                .flatMap(entry -> Stream.ofNullable(entry.getParent()))
                .distinct()
                .forEach(folder -> left.addAll(commandsOnly(folder)));
        return entries.stream().filter(entry -> !left.contains(entry)).toList();
    }

    private static List<Path> commandsOnly(Path folder) {
        Path note = folder.resolve(COMMANDS_ONLY);
        try {
            return Files.exists(note)
                    ? Files.readAllLines(note).stream().map(folder::resolve).toList()
                    : List.of();
        } catch (IOException e) {
            // what is not needed does no harm
            return List.of();
        }
    }

    List<String> of(List<TaskFile> tasks) {
        List<String> command = new ArrayList<>(program);
        command.addAll(TaskProgram.arguments(
                pluginFolders.stream().map(Path::toAbsolutePath).toList(),
                tasks.stream().map(TaskFile::file).toList()));
        return command;
    }
}
