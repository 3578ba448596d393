package dev.ablate.launchers.spark;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the driver is to do, as the program leaves it in the job's folder; both are of one jar.
 *
 * <p>It names no type of Ablate's core, which the driver does not have: Java looks at all methods of what it reads.
 *
 * @param exchange the exchange's folder
 * @param classPath jars and folders of what trains
 * @param className the class that trains
 * @param method its method
 * @param plugins a folder for each plugin
 * @param patience how many milliseconds nothing may have run
 * @param chunks tasks that are trained one after the other
 */
record JobFile(
        String exchange,
        List<String> classPath,
        String className,
        String method,
        List<String> plugins,
        long patience,
        List<List<Task>> chunks)
        implements Serializable {

    private static final String NAME = "job";

    /**
     * A task.
     *
     * @param name what messages call it
     * @param result where its result belongs, relative to the exchange's folder
     * @param files its own file, and others that it needs; relative, too
     * @param alone whether it may end the process that trains it
     */
    record Task(String name, String result, List<String> files, boolean alone) implements Serializable {

        String file() {
            return files.get(0);
        }
    }

    void write(Path folder) throws IOException {
        try (ObjectOutputStream out =
                new ObjectOutputStream(new BufferedOutputStream(Files.newOutputStream(folder.resolve(NAME))))) {
            out.writeObject(this);
        }
    }

    static JobFile read(Path folder) throws IOException {
        try (ObjectInputStream in =
                new ObjectInputStream(new BufferedInputStream(Files.newInputStream(folder.resolve(NAME))))) {
            return (JobFile) in.readObject();
        } catch (ClassNotFoundException e) {
            throw new IOException("the job is of another version", e);
        }
    }

    /** Where a file of the exchange is. */
    Path file(String relative) {
        return Path.of(exchange).resolve(relative);
    }

    /** Whether anybody wants the result of a task. */
    boolean needs(Task task) {
        return Files.exists(file(task.file()));
    }
}
