package dev.ablate.engine.launch;

import dev.ablate.core.launch.TaskFile;
import dev.ablate.worker.task.TaskProgram;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How tasks are run by another process.
 *
 * @param program a program and its arguments, behind which those of {@link TaskProgram} stand
 * @param pluginFolders each with a folder of jars for each plugin
 */
public record TaskCommand(List<String> program, List<Path> pluginFolders) {

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

    List<String> of(List<TaskFile> tasks) {
        List<String> command = new ArrayList<>(program);
        command.addAll(TaskProgram.arguments(
                pluginFolders.stream().map(Path::toAbsolutePath).toList(),
                tasks.stream().map(TaskFile::file).toList()));
        return command;
    }
}
