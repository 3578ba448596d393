package dev.ablate.worker.exchange;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A file of a JSON object and raw bytes behind it, which is read whole or refused.
 *
 * <p>It holds, one after the other: 8 bytes that say what it is, the length of the JSON text (4 bytes, highest first), the text in
 * UTF-8, the parts, and the SHA-256 of everything before. The text has their lengths under {@code parts}. It is written under another
 * name and then renamed, so that nobody meets half of it.
 *
 * @param header the JSON object
 * @param parts raw bytes, in order
 */
record SealedFile(JsonObject header, List<byte[]> parts) {

    /** More is not read into memory. */
    static final long MOST_BYTES = 1L << 30;

    private static final byte[] MAGIC = {'A', 'B', 'L', 'A', 'T', 'E', 0, 1};
    private static final int DIGEST = 32;
    private static final String PARTS = "parts";

    private static final Gson GSON = new GsonBuilder()
            .disableHtmlEscaping()
            .serializeSpecialFloatingPointValues()
            .serializeNulls()
            .create();

    /**
     * Writes it.
     *
     * @param forced whether it is on the disk then: else half of it may be left where the machine stops within seconds
     * @throws UncheckedIOException if that is not possible; nothing is left then
     */
    void write(Path file, boolean forced) {
        List<byte[]> pieces = pieces();
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try {
            try (FileChannel out = FileChannel.open(
                    unfinished,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                for (byte[] piece : pieces) {
                    write(piece, out);
                }
                if (forced) {
                    out.force(true);
                }
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            try {
                Files.deleteIfExists(unfinished);
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** What it holds, whole. */
    byte[] bytes() {
        List<byte[]> pieces = pieces();
        ByteBuffer whole = ByteBuffer.allocate(
                pieces.stream().mapToInt(piece -> piece.length).reduce(0, Math::addExact));
        pieces.forEach(whole::put);
        return whole.array();
    }

    /** What it holds, one after the other. */
    private List<byte[]> pieces() {
        JsonObject whole = new JsonObject();
        header.asMap().forEach(whole::add);
        JsonArray lengths = new JsonArray();
        parts.forEach(part -> lengths.add(part.length));
        whole.add(PARTS, lengths);
        byte[] text = GSON.toJson(whole).getBytes(StandardCharsets.UTF_8);
        List<byte[]> pieces = new ArrayList<>();
        pieces.add(MAGIC);
        pieces.add(ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array());
        pieces.add(text);
        pieces.addAll(parts);
        MessageDigest digest = sha256();
        pieces.forEach(digest::update);
        pieces.add(digest.digest());
        return pieces;
    }

    private static void write(byte[] bytes, FileChannel out) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            out.write(buffer);
        }
    }

    /**
     * Reads it.
     *
     * @throws ExchangeException if it is missing, not such a file, cut off or changed
     */
    static SealedFile read(Path file) {
        try {
            long size = Files.size(file);
            if (size > MOST_BYTES) {
                throw new ExchangeException(file + " has " + size + " bytes, and may have " + MOST_BYTES);
            }
            return read(Files.readAllBytes(file), file.toString());
        } catch (IOException e) {
            throw new ExchangeException(file + " cannot be read: " + e, e);
        }
    }

    private static SealedFile read(byte[] bytes, String file) {
        if (bytes.length < MAGIC.length || !Arrays.equals(Arrays.copyOf(bytes, MAGIC.length), MAGIC)) {
            throw new ExchangeException(file + " is not a file of this version of Ablate");
        }
        int end = bytes.length - DIGEST;
        if (end < MAGIC.length + Integer.BYTES || !isWhole(bytes, end)) {
            throw new ExchangeException(file + " is cut off or damaged: its checksum does not fit");
        }
        try {
            return parsed(ByteBuffer.wrap(bytes, MAGIC.length, end - MAGIC.length));
        } catch (JsonParseException | IllegalStateException | IllegalArgumentException | BufferUnderflowException e) {
            throw new ExchangeException(file + " does not hold what it says: " + e, e);
        }
    }

    /** Makes of a file what it holds. */
    interface Maker<T> {
        T make(JsonObject header, List<byte[]> parts);
    }

    /**
     * Reads a file of one kind.
     *
     * @param kind the key under which the header has the number of its format
     * @param format the one that is known
     * @param called what messages call it: {@code result}
     * @throws ExchangeException if it is missing, not of that kind or format, cut off or damaged
     */
    static <T> T read(Path file, String kind, int format, String called, Maker<T> maker) {
        return made(read(file), file.toString(), kind, format, called, maker);
    }

    /**
     * The same of what such a file holds.
     *
     * @param file what messages call it
     * @throws ExchangeException if it is not of that kind or format, cut off or damaged
     */
    static <T> T read(byte[] bytes, String file, String kind, int format, String called, Maker<T> maker) {
        return made(read(bytes, file), file, kind, format, called, maker);
    }

    private static <T> T made(SealedFile sealed, String file, String kind, int format, String called, Maker<T> maker) {
        JsonObject header = sealed.header();
        if (!header.has(kind)) {
            throw new ExchangeException(file + " is not a " + called);
        }
        try {
            int found = header.get(kind).getAsInt();
            if (found != format) {
                throw new ExchangeException(file + " is a " + called + " of format " + found
                        + ", and this version of Ablate reads " + format);
            }
            return maker.make(header, sealed.parts());
        } catch (JsonParseException
                | ClassCastException
                | IllegalStateException
                | IllegalArgumentException
                | NullPointerException
                | IndexOutOfBoundsException e) {
            throw new ExchangeException(file + " does not hold what a " + called + " holds: " + e, e);
        }
    }

    private static boolean isWhole(byte[] bytes, int end) {
        MessageDigest digest = sha256();
        digest.update(bytes, 0, end);
        return MessageDigest.isEqual(digest.digest(), Arrays.copyOfRange(bytes, end, bytes.length));
    }

    private static SealedFile parsed(ByteBuffer bytes) {
        byte[] text = taken(bytes, bytes.getInt());
        JsonObject header =
                JsonParser.parseString(new String(text, StandardCharsets.UTF_8)).getAsJsonObject();
        List<byte[]> parts = new ArrayList<>();
        JsonElement lengths = header.remove(PARTS);
        if (lengths == null) {
            throw new IllegalArgumentException("no " + PARTS);
        }
        for (JsonElement length : lengths.getAsJsonArray()) {
            parts.add(taken(bytes, length.getAsInt()));
        }
        if (bytes.hasRemaining()) {
            throw new IllegalArgumentException(bytes.remaining() + " bytes behind the last part");
        }
        return new SealedFile(header, List.copyOf(parts));
    }

    private static byte[] taken(ByteBuffer bytes, int length) {
        if (length < 0 || length > bytes.remaining()) {
            throw new IllegalArgumentException("a length of " + length + " where " + bytes.remaining() + " are left");
        }
        byte[] taken = new byte[length];
        bytes.get(taken);
        return taken;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
