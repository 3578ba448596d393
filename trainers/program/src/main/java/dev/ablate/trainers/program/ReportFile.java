package dev.ablate.trainers.program;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lines that a program appends to a file, as they come. */
final class ReportFile {

    private static final int BLOCK = 1 << 16;

    private final Path file;
    private long position;

    /** Of what is there already nothing is read. */
    ReportFile(Path file) {
        this.file = file;
        try {
            this.position = Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines that are whole since the last call. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!Files.exists(file)) {
            return lines;
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(position);
            byte[] block = new byte[BLOCK];
            for (int read = in.read(block); read > 0; read = in.read(block)) {
                // up to the end of a line, so that no letter is cut
                int end = read;
                while (end > 0 && block[end - 1] != '\n') {
                    end--;
                }
                if (end == 0 && read < BLOCK) {
                    return lines;
                }
                end = end == 0 ? read : end;
                new String(block, 0, end, StandardCharsets.UTF_8).lines().forEach(lines::add);
                position += end;
                in.seek(position);
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A last line without an end. */
    Optional<String> rest() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(position);
            byte[] block = new byte[BLOCK];
            int read = in.read(block);
            String begun = read <= 0 ? "" : new String(block, 0, read, StandardCharsets.UTF_8);
            return begun.isEmpty() ? Optional.empty() : Optional.of(begun);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
