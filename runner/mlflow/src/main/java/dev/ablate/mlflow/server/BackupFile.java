package dev.ablate.mlflow.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A backup that somebody hands over: nothing of it is believed before it was looked at. */
final class BackupFile implements AutoCloseable {

    /** More than a manifest takes. */
    private static final int MOST_MANIFEST_BYTES = 64 << 10;

    private static final int BLOCK = 1 << 16;

    private final Path file;
    private final ZipFile zip;
    private final BackupManifest manifest;
    private final List<ZipEntry> entries = new ArrayList<>();

    private BackupFile(Path file, ZipFile zip) throws IOException, LocalServerException {
        this.file = file;
        this.zip = zip;
        this.manifest = readManifest();
        check();
    }

    /**
     * Opens a file and looks at what it says it holds.
     *
     * @throws LocalServerException if it is not a backup, or not a whole one, or would write elsewhere than it should
     */
    static BackupFile open(Path file) throws LocalServerException {
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8);
        } catch (ZipException | IllegalArgumentException e) {
            throw new LocalServerException(
                    file + " is not a backup of ablate ui, or only a part of one: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new LocalServerException(file + " cannot be read: " + e.getMessage(), e);
        }
        boolean good = false;
        try {
            BackupFile backup = new BackupFile(file, zip);
            good = true;
            return backup;
        } catch (IOException | IllegalArgumentException e) {
            throw new LocalServerException(file + " cannot be read: " + e.getMessage(), e);
        } finally {
            if (!good) {
                closeQuietly(zip);
            }
        }
    }

    BackupManifest manifest() {
        return manifest;
    }

    private BackupManifest readManifest() throws IOException, LocalServerException {
        ZipEntry entry = zip.getEntry(BackupManifest.NAME);
        if (entry == null) {
            throw new LocalServerException(
                    file + " is not a backup of ablate ui: it has no " + BackupManifest.NAME + " in it");
        }
        try (InputStream content = zip.getInputStream(entry)) {
            String text = new String(content.readNBytes(MOST_MANIFEST_BYTES), StandardCharsets.UTF_8);
            return BackupManifest.read(text, file)
                    .orElseThrow(() -> new LocalServerException(
                            file + " is not a backup of ablate ui: its " + BackupManifest.NAME + " makes no sense"));
        }
    }

    /** Names and declared sizes, against each other and against the manifest. */
    private void check() throws LocalServerException {
        Set<String> names = new HashSet<>();
        long bytes = 0;
        for (ZipEntry entry : Collections.list(zip.entries())) {
            String name = entry.getName();
            if (name.equals(BackupManifest.NAME) && names.add(name)) {
                continue;
            }
            // some systems take names for equal that differ in case alone; MLflow makes no such
            if (!isPlain(name) || !names.add(name)) {
                throw new LocalServerException(file + " was not written by ablate ui: it has a file '"
                        + name.replaceAll("\\p{Cntrl}", "?") + "' in it");
            }
            if (entry.getSize() < 0) {
                throw new LocalServerException(file + " was not written by ablate ui: '" + name + "' has no size");
            }
            bytes = Math.addExact(bytes, entry.getSize());
            entries.add(entry);
        }
        if (!names.contains(ServerFolder.DATABASE) || entries.size() != manifest.files() || bytes != manifest.bytes()) {
            throw new LocalServerException(file + " does not hold what it says: " + manifest.files() + " files of "
                    + manifest.bytes() + " bytes were put into it, and " + entries.size() + " of " + bytes
                    + " are there");
        }
    }

    private static boolean isPlain(String name) {
        if (name.equals(ServerFolder.DATABASE)) {
            return true;
        }
        if (!name.startsWith(ServerFolder.ARTIFACTS + "/") || name.indexOf('\\') >= 0 || name.indexOf('\0') >= 0) {
            return false;
        }
        for (String part : name.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                return false;
            }
        }
        // on Windows a colon names a drive or a stream
        return !Executable.WINDOWS || name.indexOf(':') < 0;
    }

    /**
     * Unpacks it into an empty folder.
     *
     * @throws LocalServerException if there is not room enough, or the content is not what was put into it
     */
    void unpack(Path folder) throws IOException, InterruptedException, LocalServerException {
        long room = Files.getFileStore(folder).getUsableSpace();
        if (room < manifest.bytes()) {
            throw new LocalServerException(String.format(
                    Locale.ROOT,
                    "%s needs %.1f MB where %s lies, and %.1f MB are free",
                    file,
                    manifest.bytes() / 1e6,
                    folder,
                    room / 1e6));
        }
        Files.createDirectories(folder.resolve(ServerFolder.ARTIFACTS));
        for (ZipEntry entry : entries) {
            Path target = folder.resolve(entry.getName()).normalize();
            if (!target.startsWith(folder)) {
                throw new LocalServerException(file + " leads out of its folder with '" + entry.getName() + "'");
            }
            Path above = target.getParent();
            if (above != null) {
                Files.createDirectories(above);
            }
            try (InputStream content = zip.getInputStream(entry);
                    OutputStream out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
                copy(content, out, entry);
            } catch (ZipException | EOFException e) {
                throw new LocalServerException(file + " is damaged: " + e.getMessage(), e);
            }
        }
    }

    /** No more than was declared, however well it was packed, and with its checksum. */
    private void copy(InputStream content, OutputStream out, ZipEntry entry)
            throws IOException, InterruptedException, LocalServerException {
        byte[] block = new byte[BLOCK];
        CRC32 sum = new CRC32();
        long left = entry.getSize();
        while (true) {
            int read = content.read(block);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (read < 0) {
                break;
            }
            left -= read;
            if (left < 0) {
                break;
            }
            sum.update(block, 0, read);
            out.write(block, 0, read);
        }
        if (left != 0 || sum.getValue() != entry.getCrc()) {
            throw new LocalServerException(file + " is damaged: '" + entry.getName() + "' is not what was put into it");
        }
    }

    @Override
    public void close() {
        closeQuietly(zip);
    }

    private static void closeQuietly(ZipFile zip) {
        try {
            zip.close();
        } catch (IOException e) {
            // it was only read
            return;
        }
    }
}
