package dev.ablate.engine.launch;

import dev.ablate.core.launch.TaskFile;
import dev.ablate.worker.task.TaskProgram;
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

    /** Copies the lists. */
    public TaskCommand {
        program = List.copyOf(program);
        pluginFolders = List.copyOf(pluginFolders);
    }

    /** This Java, with the class path of this process. */
    public static List<String> ofThisJava() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                TaskProgram.class.getName());
    }

    List<String> of(List<TaskFile> tasks) {
        List<String> command = new ArrayList<>(program);
        command.addAll(TaskProgram.arguments(
                pluginFolders.stream().map(Path::toAbsolutePath).toList(),
                tasks.stream().map(TaskFile::file).toList()));
        return command;
    }
}
