package dev.ablate.experiments;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An archive of the program's loaded classes, as {@code ./ablate} has one: made once for the same jars, it saves a second of each start.
 */
final class ClassArchive {

    private static final Path FOLDER = Ablate.SPECS.resolve("target/archive");

    private ClassArchive() {}

    /**
     * The options that have the program started with the archive.
     *
     * @param command how the program is started, up to its class path
     * @return empty where there can be none: Java takes jars into an archive, no folders
     */
    static synchronized List<String> options(List<String> command, String classPath) {
        List<Path> jars =
                Stream.of(classPath.split(File.pathSeparator)).map(Path::of).toList();
        if (!jars.stream().allMatch(Files::isRegularFile)) {
            return List.of();
        }
        try {
            Files.createDirectories(FOLDER);
            Path archive = FOLDER.resolve(name(jars) + ".jsa");
            if (!Files.exists(archive)) {
                // of other jars, or of a process that was killed
                clear();
                make(archive, command, classPath);
            }
            // a word about an archive that it cannot use would stand on standard output
            return Files.size(archive) == 0 ? List.of() : List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:disable");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Other jars have another name: a stale archive would be of no use, without a word. */
    private static String name(List<Path> jars) throws IOException {
        StringBuilder all = new StringBuilder(System.getProperty("java.home"));
        for (Path jar : jars) {
            all.append('\n').append(jar).append(Files.size(jar)).append(Files.getLastModifiedTime(jar));
        }
        return HexFormat.of().toHexDigits(all.toString().hashCode());
    }

    private static void make(Path archive, List<String> command, String classPath) throws IOException {
        Path home = Files.createTempDirectory(FOLDER, "home");
        Path made = home.resolve("classes.jsa");
        List<String> whole = new ArrayList<>(command);
        whole.addAll(List.of("-XX:ArchiveClassesAtExit=" + made, "-Xlog:disable", "-cp", classPath));
        whole.add("dev.ablate.cli.Rehearsal");
        ProcessBuilder builder = new ProcessBuilder(whole)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(variable -> variable.startsWith("ABLATE_"));
        builder.environment().put("ABLATE_HOME", home.toString());
        Process process = builder.start();
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly().waitFor();
                Files.deleteIfExists(made);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new IllegalStateException(e);
        }
        if (!Files.exists(made)) {
            // an empty one says that it was tried
            Files.createFile(made);
        }
        Files.move(made, archive, StandardCopyOption.ATOMIC_MOVE);
        MoreFiles.deleteRecursively(home, RecursiveDeleteOption.ALLOW_INSECURE);
    }

    private static void clear() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path left : files.toList()) {
                MoreFiles.deleteRecursively(left, RecursiveDeleteOption.ALLOW_INSECURE);
            }
        }
    }
}
