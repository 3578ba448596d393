package dev.ablate.reader.csv;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** How the characters of a file are written as bytes. */
public enum Encoding {
    /** Of one to four bytes; a byte order mark may stand before them. */
    UTF_8(StandardCharsets.UTF_8),
    /** Of two or four bytes; a byte order mark says in which order, else the greater comes first. */
    UTF_16(StandardCharsets.UTF_16),
    /** The same, the lesser byte first. */
    UTF_16LE(StandardCharsets.UTF_16LE),
    /** The same, the greater byte first. */
    UTF_16BE(StandardCharsets.UTF_16BE),
    /** Of one byte; those of Windows-1252, which has the euro sign, too. */
    LATIN_1(Charset.forName("windows-1252"));

    /** Bytes that show in which of two ways a file without a mark is written. */
    private static final int SHOWN = 1 << 10;

    private final Charset charset;

    Encoding(Charset charset) {
        this.charset = charset;
    }

    /**
     * A source as UTF-8.
     *
     * @param source the same, or one in memory
     * @param bad where it is not written as was said; the source is as if there were a question mark
     */
    public record Decoded(Source source, Optional<Place> bad) {}

    /** What the mark at the beginning of a source says of UTF-16; empty if there is none. */
    public static Optional<Encoding> marked(Source source) throws IOException {
        byte[] first = source.bytes(2);
        boolean marked = first.length == 2
                && ((first[0] == (byte) 0xFF && first[1] == (byte) 0xFE)
                        || (first[0] == (byte) 0xFE && first[1] == (byte) 0xFF));
        return marked ? Optional.of(UTF_16) : Optional.empty();
    }

    /** Which UTF-16 a source looks like that has no mark: every second byte of usual text is 0; empty if it does not. */
    public static Optional<Encoding> unmarked(Source source) throws IOException {
        byte[] first = source.bytes(SHOWN);
        int[] zeros = new int[2];
        for (int at = 0; at < first.length; at++) {
            zeros[at % 2] += first[at] == 0 ? 1 : 0;
        }
        if (zeros[0] + zeros[1] == 0 || zeros[0] + zeros[1] < first.length / 4) {
            return Optional.empty();
        }
        return Optional.of(zeros[1] >= zeros[0] ? UTF_16LE : UTF_16BE);
    }

    /** As it is written in a spec. */
    public String word() {
        return switch (this) {
            case UTF_8 -> "utf-8";
            case UTF_16 -> "utf-16";
            case UTF_16LE -> "utf-16le";
            case UTF_16BE -> "utf-16be";
            case LATIN_1 -> "latin-1";
        };
    }

    /**
     * A source that is written so, as UTF-8; that is read as it is, and all others at once.
     *
     * @throws IOException if it cannot be read
     */
    public Decoded decoded(Source source) throws IOException {
        if (this == UTF_8) {
            return new Decoded(source, Optional.empty());
        }
        byte[] all = source.bytes(Integer.MAX_VALUE - 8);
        CharsetDecoder decoder = charset.newDecoder();
        if (this == LATIN_1) {
            // five of its bytes mean nothing
            decoder.onUnmappableCharacter(CodingErrorAction.REPLACE);
            decoder.onMalformedInput(CodingErrorAction.REPLACE);
        }
        CharBuffer out = CharBuffer.allocate(all.length + 1);
        CoderResult result = decoder.decode(ByteBuffer.wrap(all), out, true);
        Optional<Place> bad =
                result.isError() ? Optional.of(Place.behind(out.duplicate().flip())) : Optional.empty();
        byte[] utf8 = new String(out.array(), 0, out.position()).getBytes(StandardCharsets.UTF_8);
        return new Decoded(Source.of(utf8), bad);
    }
}
