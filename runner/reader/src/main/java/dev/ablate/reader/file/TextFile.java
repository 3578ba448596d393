package dev.ablate.reader.file;

import dev.ablate.core.data.DataException;
import dev.ablate.reader.csv.Encoding;
import dev.ablate.reader.csv.Encoding.Decoded;
import dev.ablate.reader.csv.Place;
import dev.ablate.reader.csv.Source;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipException;

/**
 * A file as UTF-8, unpacked if it is packed.
 *
 * @param source its text
 * @param encoding how its bytes were read
 * @param remarks what was guessed
 */
public record TextFile(Path path, Source source, Encoding encoding, List<String> remarks) implements AutoCloseable {

    /** Bytes that a file may have. */
    private static final int LARGEST = Integer.MAX_VALUE - 8;

    /** The end of a file, to programs of 1980. */
    private static final byte CTRL_Z = 0x1A;

    /**
     * Opens a file.
     *
     * @param wanted how it is written; empty: UTF-8, or UTF-16 by its mark
     * @throws DataException if it is a folder, too large, no whole gzip file, or not written as was said
     * @throws IOException if it cannot be read
     */
    public static TextFile open(Path file, Optional<Encoding> wanted) throws IOException {
        if (Files.isDirectory(file)) {
            throw new DataException(file.toString(), "is a folder: a CSV file is needed");
        }
        if (Files.size(file) > LARGEST) {
            throw new DataException(file.toString(), "is larger than 2 GB: take a part of its rows");
        }
        Source bytes;
        try {
            bytes = Source.of(file);
        } catch (ZipException | EOFException e) {
            throw new DataException(
                    file.toString(),
                    "begins as a file that is packed by gzip, and cannot be unpacked: " + e.getMessage());
        } catch (OutOfMemoryError e) {
            throw new DataException(file.toString(), "is larger than 2 GB when unpacked: take a part of its rows");
        }
        try {
            return decoded(file, bytes, wanted);
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    private static TextFile decoded(Path file, Source bytes, Optional<Encoding> wanted) throws IOException {
        List<String> remarks = new ArrayList<>();
        Optional<Encoding> marked = wanted.isPresent() ? Optional.empty() : Encoding.marked(bytes);
        marked.ifPresent(encoding -> remarks.add("the file is UTF-16, as the mark at its beginning says"));
        Encoding encoding = wanted.or(() -> marked).orElse(Encoding.UTF_8);
        Optional<Encoding> unmarked = encoding == Encoding.UTF_8 || encoding == Encoding.LATIN_1
                ? Encoding.unmarked(bytes)
                : Optional.empty();
        if (unmarked.isPresent()) {
            throw new DataException(
                    file + ":1:1",
                    "looks like UTF-16 without a mark: give encoding: "
                            + unmarked.get().word());
        }
        Decoded text = encoding.decoded(bytes);
        if (text.bad().isPresent()) {
            throw new DataException(
                    file + ":" + text.bad().get(),
                    "is not " + encoding.word() + " from here on: give another encoding");
        }
        if (text.source() != bytes) {
            // the text is in memory
            bytes.close();
        }
        return new TextFile(file, withoutEndMark(text.source(), remarks), encoding, List.copyOf(remarks));
    }

    private static Source withoutEndMark(Source source, List<String> remarks) throws IOException {
        byte[] last = new byte[1];
        if (source.size() == 0 || source.read(last, 0, 1, source.size() - 1) != 1 || last[0] != CTRL_Z) {
            return source;
        }
        remarks.add("the file ends with Ctrl-Z, an old mark of its end, which is left out");
        return source.first(source.size() - 1);
    }

    /**
     * The same, which needs not be open any more.
     *
     * @throws IOException if it cannot be read
     */
    TextFile inMemory() throws IOException {
        return new TextFile(path, Source.of(source.bytes(LARGEST)), encoding, remarks);
    }

    /** Where it is not UTF-8; empty if it is, or was decoded. */
    Optional<Place> notUtf8() throws IOException {
        return Place.notUtf8(source);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
