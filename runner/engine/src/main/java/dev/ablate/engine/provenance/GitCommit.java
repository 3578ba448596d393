package dev.ablate.engine.provenance;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The commit that a folder's git checkout stands at, read from its files: git need not be installed. */
final class GitCommit {

    private GitCommit() {}

    /**
     * The commit checked out in a folder or the nearest one above it.
     *
     * @return 40 (or 64) hex digits; empty outside a checkout, before the first commit, or where the files cannot be read
     */
    static Optional<String> of(Path folder) {
        for (Path at = folder.toAbsolutePath().normalize(); at != null; at = parent(at)) {
            Path git = at.resolve(".git");
            if (Files.exists(git)) {
                try {
                    return head(Files.isDirectory(git) ? git : linked(at, git));
                } catch (IOException | InvalidPathException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static @Nullable Path parent(Path path) {
        return path.getParent();
    }

    /** A further worktree and a submodule have a file there that says where their folder lies. */
    private static Path linked(Path at, Path file) throws IOException {
        String text = text(file);
        if (!text.startsWith("gitdir: ")) {
            throw new IOException("no link to a git folder: " + file);
        }
        return at.resolve(text.substring("gitdir: ".length())).normalize();
    }

    private static Optional<String> head(Path git) throws IOException {
        String head = text(git.resolve("HEAD"));
        if (!head.startsWith("ref: ")) {
            return commit(head);
        }
        String branch = head.substring("ref: ".length());
        Path common = git.resolve("commondir");
        Path shared = Files.exists(common) ? git.resolve(text(common)).normalize() : git;
        for (Path folder : new Path[] {git, shared}) {
            if (Files.exists(folder.resolve(branch))) {
                return commit(text(folder.resolve(branch)));
            }
        }
        Path packed = shared.resolve("packed-refs");
        if (Files.exists(packed)) {
            for (String line : Files.readAllLines(packed)) {
                if (line.endsWith(" " + branch)) {
                    return commit(line.substring(0, line.indexOf(' ')));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> commit(String text) {
        return text.matches("[0-9a-f]{40}|[0-9a-f]{64}") ? Optional.of(text) : Optional.empty();
    }

    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file).strip();
        } catch (CharacterCodingException e) {
            throw new IOException("not a text: " + file, e);
        }
    }
}
