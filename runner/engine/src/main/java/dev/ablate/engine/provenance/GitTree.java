package dev.ablate.engine.provenance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * The git checkout that a folder lies in.
 *
 * @param commit what is checked out
 * @param state whether the files are those of the commit
 * @param patchHash SHA-256 of what differs, where that is known
 * @param patch its text, at most {@link #LONGEST_PATCH} bytes
 */
record GitTree(Optional<String> commit, State state, Optional<String> patchHash, Optional<String> patch) {

    /** Of the text that is kept, in bytes. */
    static final int LONGEST_PATCH = 100_000;

    /** What is larger is not hashed; a patch of this size is not made by hand. */
    private static final long LONGEST_OUTPUT = 64L << 20;

    /** Whether the files of a checkout are those of its commit. */
    enum State {
        CLEAN,
        DIRTY,
        /** There is no git, no checkout or no commit, or git did not answer in time. */
        UNKNOWN;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Asks git, and where it does not answer reads the commit from its files.
     *
     * @param environment where git is looked for, and what it is run with
     * @param home a folder whose files are no part of the tree: what Ablate writes there says nothing of the code
     * @param limit how long it may take
     */
    static GitTree of(Path folder, Map<String, String> environment, Path home, Duration limit) {
        Optional<Git> git = Git.find(environment, System.nanoTime() + limit.toNanos());
        if (git.isPresent()) {
            try {
                return new Look(git.get(), folder, home).tree();
            } catch (IOException | TimeoutException | InvalidPathException e) {
                // no checkout, no commit yet, or a git that refuses: what its files say is left
            }
        }
        return new GitTree(GitCommit.of(folder), State.UNKNOWN, Optional.empty(), Optional.empty());
    }

    /** One look at a checkout. */
    private static final class Look {

        private final Git git;
        private final Path home;
        private final Path top;
        private final String commit;
        private final Patch patch = new Patch();
        private boolean dirty;

        Look(Git git, Path folder, Path home) throws IOException, TimeoutException {
            this.git = git;
            this.home = home.toAbsolutePath().normalize();
            this.top = Path.of(line(folder, "--show-toplevel"));
            this.commit = line(folder, "HEAD");
        }

        private String line(Path folder, String... words) throws IOException, TimeoutException {
            ByteArrayOutputStream printed = new ByteArrayOutputStream();
            List<String> all = new ArrayList<>(List.of("rev-parse"));
            all.addAll(List.of(words));
            git.run(folder, Map.of(), printed, all);
            return printed.toString(StandardCharsets.UTF_8).stripTrailing();
        }

        GitTree tree() {
            boolean whole = false;
            try {
                look();
                whole = true;
            } catch (IOException | TimeoutException e) {
                // what is known by now is known
            }
            if (!dirty) {
                return new GitTree(
                        Optional.of(commit), whole ? State.CLEAN : State.UNKNOWN, Optional.empty(), Optional.empty());
            }
            return new GitTree(
                    Optional.of(commit),
                    State.DIRTY,
                    whole ? Optional.of(patch.hash()) : Optional.empty(),
                    patch.isEmpty() ? Optional.empty() : Optional.of(patch.text()));
        }

        private void look() throws IOException, TimeoutException {
            ByteArrayOutputStream printed = new ByteArrayOutputStream();
            git.run(
                    top,
                    Map.of(),
                    new Bounded(printed),
                    List.of(
                            "status",
                            "--porcelain=v1",
                            "-z",
                            "--no-renames",
                            "--untracked-files=all",
                            "--ignore-submodules=none"));
            List<String> untracked = new ArrayList<>();
            boolean changed = false;
            for (String entry : entries(printed.toByteArray())) {
                if (!entry.startsWith("?? ")) {
                    changed = true;
                } else if (!file(entry.substring(3)).startsWith(home)) {
                    untracked.add(entry.substring(3));
                }
            }
            dirty = changed || !untracked.isEmpty();
            if (changed) {
                diff();
            }
            for (String name : untracked) {
                add(name);
            }
        }

        /** Git rewrites and locks the index when it compares files, so it works on a copy. */
        private void diff() throws IOException, TimeoutException {
            Path index = Files.createTempFile("ablate", ".index");
            try {
                Files.copy(
                        top.resolve(line(top, "--git-path", "index")),
                        index,
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.COPY_ATTRIBUTES);
                git.run(
                        top,
                        Map.of("GIT_INDEX_FILE", index.toString()),
                        patch,
                        List.of(
                                "diff",
                                "--no-ext-diff",
                                "--no-textconv",
                                "--no-color",
                                "--no-renames",
                                "--no-relative",
                                "--full-index",
                                "--binary",
                                "--unified=3",
                                "--inter-hunk-context=0",
                                "--diff-algorithm=myers",
                                "--indent-heuristic",
                                "--submodule=short",
                                "--ignore-submodules=none",
                                "--src-prefix=a/",
                                "--dst-prefix=b/",
                                "HEAD"));
            } finally {
                Files.deleteIfExists(index);
            }
        }

        /** Adds a file that git neither has nor ignores, as {@code sha256sum} prints it. */
        private void add(String name) throws IOException, TimeoutException {
            boolean odd = name.contains("\\") || name.contains("\n");
            String written = odd ? name.replace("\\", "\\\\").replace("\n", "\\n") : name;
            String line = (odd ? "\\" : "") + hash(file(name)) + "  " + written + "\n";
            patch.write(line.getBytes(StandardCharsets.UTF_8));
        }

        private Path file(String name) {
            try {
                return top.resolve(name).normalize();
            } catch (InvalidPathException e) {
                // of another charset
                return top;
            }
        }

        private static List<String> entries(byte[] printed) {
            List<String> entries = new ArrayList<>();
            int from = 0;
            for (int at = 0; at < printed.length; at++) {
                if (printed[at] == 0) {
                    entries.add(new String(printed, from, at - from, StandardCharsets.UTF_8));
                    from = at + 1;
                }
            }
            return entries;
        }

        /** SHA-256 of a file, or a dash for what is none or cannot be read. */
        private String hash(Path file) throws TimeoutException {
            if (!Files.isRegularFile(file)) {
                return "-";
            }
            MessageDigest digest = Patch.sha256();
            byte[] buffer = new byte[1 << 16];
            try (InputStream in = Files.newInputStream(file)) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    digest.update(buffer, 0, read);
                    git.requireTime();
                }
            } catch (IOException e) {
                return "-";
            }
            return HexFormat.of().formatHex(digest.digest());
        }
    }

    /** Refuses to become larger than anything that is worth a look. */
    private static final class Bounded extends OutputStream {

        private final OutputStream to;
        private long size;

        Bounded(OutputStream to) {
            this.to = to;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            size += length;
            if (size > LONGEST_OUTPUT) {
                throw new IOException("more than " + LONGEST_OUTPUT + " bytes");
            }
            to.write(bytes, from, length);
        }
    }
}
