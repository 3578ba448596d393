package dev.ablate.trainers.python;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of a folder in one stream: a mark, how many there are, and of each its name, its length and its bytes. */
final class Archive {

    private static final int MARK = 0x41504d31;

    /** A model of more bytes is refused. */
    private static final long MOST = 500_000_000;

    private Archive() {}

    static void write(Path folder, OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        if (files.isEmpty()) {
            throw new PythonFailure("no file in the folder in which save was to write");
        }
        long bytes = 0;
        data.writeInt(MARK);
        data.writeInt(files.size());
        for (Path file : files) {
            bytes += Files.size(file);
            if (bytes > MOST) {
                throw new PythonFailure(
                        "a model of more than 500 MB, which is not stored: save less, or leave out save");
            }
            data.writeUTF(folder.relativize(file).toString().replace('\\', '/'));
            data.writeInt(Math.toIntExact(Files.size(file)));
            Files.copy(file, data);
        }
        data.flush();
    }

    /**
     * Reads what was written, to the last byte.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static byte[] read(InputStream in) throws IOException {
        byte[] all = in.readAllBytes();
        DataInputStream data = new DataInputStream(new ByteArrayInputStream(all));
        each(data, (name, bytes) -> {});
        return all;
    }

    /** Puts the files into a folder. */
    static void unpack(byte[] archive, Path folder) throws IOException {
        each(new DataInputStream(new ByteArrayInputStream(archive)), (name, bytes) -> {
            Path file = folder.resolve(name);
            Files.createDirectories(file.resolve("..").normalize());
            Files.write(file, bytes);
        });
    }

    private static void each(DataInputStream data, Taker taker) throws IOException {
        if (data.readInt() != MARK) {
            throw new IllegalArgumentException("not the files of a model");
        }
        int count = data.readInt();
        for (int i = 0; i < count; i++) {
            String name = data.readUTF();
            Path path = Path.of(name).normalize();
            int length = data.readInt();
            if (path.isAbsolute() || path.startsWith("..") || length < 0 || length > data.available()) {
                throw new IllegalArgumentException("not the files of a model: " + name);
            }
            taker.take(name, data.readNBytes(length));
        }
    }

    /** Takes a file. */
    private interface Taker {
        void take(String name, byte[] bytes) throws IOException;
    }
}
