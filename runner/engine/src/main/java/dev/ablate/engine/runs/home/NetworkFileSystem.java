package dev.ablate.engine.runs.home;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises file systems that several hosts see at once, where SQLite's write-ahead log must not be used. */
final class NetworkFileSystem {

    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

    /** The names that Linux, macOS and the BSDs have for them. */
    private static final Pattern NETWORK =
            Pattern.compile("nfs[0-9]*|lustre|lustre_lite|gpfs|mmfs|beegfs\\w*|fhgfs|cifs|smb\\w*"
                    + "|fuse\\.(sshfs|beegfs|glusterfs|ceph\\w*|ceph-fuse|rclone|s3fs|gcsfuse|juicefs)|ceph|glusterfs|panfs|wekafs"
                    + "|pvfs2|orangefs|afs|gfs2|ocfs2|afpfs|webdav");

    /** A blank, a tab, a line break or a backslash in a path of the mount table. */
    private static final Pattern ESCAPED = Pattern.compile("\\\\([0-7]{3})");

    /** Where the fields of a line of the mount table are. */
    private static final int MOUNT_POINT = 4;

    private NetworkFileSystem() {}

    /**
     * The type of the file system of a folder, which need not exist, if it is one that several hosts see.
     *
     * @return empty too where that cannot be found out
     */
    static Optional<String> of(Path folder) {
        String text = folder.toString();
        if (text.startsWith("\\\\") || text.startsWith("//")) {
            return Optional.of("a share");
        }
        try {
            Path real = existing(folder).toRealPath();
            String type = Files.isReadable(MOUNTS)
                    ? type(Files.readString(MOUNTS, StandardCharsets.ISO_8859_1), bytes(real))
                            .orElse("")
                    : Files.getFileStore(real).type();
            return Optional.of(type.toLowerCase(Locale.ROOT)).filter(NetworkFileSystem::isNetwork);
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }

    private static Path existing(Path folder) {
        Path at = folder.toAbsolutePath().normalize();
        while (!Files.exists(at) && at.getParent() != null) {
            at = at.getParent();
        }
        return at;
    }

    /** The table has the bytes of paths, whatever charset they are in. */
    private static String bytes(Path path) {
        return new String(path.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** Whether several hosts see a file system of this type. */
    static boolean isNetwork(String type) {
        return NETWORK.matcher(type).matches();
    }

    /**
     * The type of the file system of a path.
     *
     * @param mounts the text of {@code /proc/self/mountinfo}: {@code 36 35 98:0 /root /mount/point options - type source options}
     * @param path an absolute path without links
     */
    static Optional<String> type(String mounts, String path) {
        String found = "";
        int longest = -1;
        for (String line : mounts.split("\n", -1)) {
            String[] fields = line.split(" ", -1);
            int dash = line.indexOf(" - ");
            if (fields.length <= MOUNT_POINT || dash < 0) {
                continue;
            }
            String point = plain(fields[MOUNT_POINT]);
            boolean within = path.equals(point) || path.startsWith(point.endsWith("/") ? point : point + "/");
            // what is mounted later over the same folder hides what was there
            if (within && point.length() >= longest) {
                longest = point.length();
                found = line.substring(dash + " - ".length()).split(" ", 2)[0];
            }
        }
        return Optional.of(found).filter(type -> !type.isEmpty());
    }

    private static String plain(String field) {
        Matcher escaped = ESCAPED.matcher(field);
        return escaped.replaceAll(
                match -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 8))));
    }
}
