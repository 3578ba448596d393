package dev.ablate.launchers.spark;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A file or a folder as bytes, with what may be executed. */
final class Bundle {

    private static final int FOLDER = 0;
    private static final int FILE = 1;
    private static final int PROGRAM = 2;
    private static final int END = 3;
    private static final int BUFFER = 1 << 16;

    private Bundle() {}

    /** Writes it; links are followed. */
    static void write(Path from, OutputStream bytes) throws IOException {
        DataOutputStream out = new DataOutputStream(bytes);
        List<Path> inner;
        try (Stream<Path> walk = Files.walk(from, FileVisitOption.FOLLOW_LINKS)) {
            inner = walk.sorted().toList();
        }
        for (Path file : inner) {
            boolean folder = Files.isDirectory(file);
            out.writeByte(folder ? FOLDER : Files.isExecutable(file) ? PROGRAM : FILE);
            out.writeUTF(from.relativize(file).toString());
            if (!folder) {
                long length = Files.size(file);
                out.writeLong(length);
                try (InputStream in = Files.newInputStream(file)) {
                    copy(in, out, length);
                }
            }
        }
        out.writeByte(END);
        out.flush();
    }

    /** Reads what was written, to where it belongs. */
    static void read(InputStream bytes, Path to) throws IOException {
        DataInputStream in = new DataInputStream(bytes);
        for (int kind = in.readByte(); kind != END; kind = in.readByte()) {
            String name = in.readUTF();
            Path file = name.isEmpty() ? to : to.resolve(name);
            if (kind == FOLDER) {
                Files.createDirectories(file);
                continue;
            }
            Path parent = file.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            try (OutputStream out = Files.newOutputStream(file)) {
                copy(in, out, in.readLong());
            }
            if (kind == PROGRAM && !file.toFile().setExecutable(true)) {
                throw new IOException(file + " cannot be made executable");
            }
        }
    }

    private static void copy(InputStream in, OutputStream out, long length) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (long left = length; left > 0; ) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException("a file has become shorter while it was read");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
    }
}
