package dev.ablate.reader.csv;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Finds where a cell ends, whatever is in it.
 *
 * <p>A cell ends before a separator or a line end. If it begins with a quote, it ends behind the next one that is not doubled; a quote
 * anywhere else is a character like others. A line ends with {@code \n}, {@code \r} or both.
 *
 * <p>The bytes end with a line end that does not count (see {@link Window}), so that a search for one needs no bound.
 */
final class CellScanner {

    /** Instead of an index: the bytes end within the cell, or too near to it to know. */
    static final int UNFINISHED = -1;

    /** Instead of an index: something stands between the closing quote and the end of the cell. */
    static final int BADLY_QUOTED = -2;

    private final byte[] separator;
    private final byte firstOfSeparator;
    private final byte quote;
    private final boolean repeated;

    private byte[] bytes = {};
    private int from;
    private int to;
    private boolean doubled;
    private boolean ascii;
    private boolean endsRow;

    CellScanner(Dialect dialect) {
        this.separator = dialect.separatorBytes();
        this.firstOfSeparator = separator[0];
        this.quote = (byte) dialect.quote();
        this.repeated = dialect.repeated();
    }

    /** The index of the next line, if this one holds blanks alone; else where its first cell begins, as {@code -1 - index}. */
    int blankLine(byte[] bytes, int from) {
        int at = from;
        while (bytes[at] == ' ' || (bytes[at] == '\t' && firstOfSeparator != '\t')) {
            at++;
        }
        if (bytes[at] == '\n' || bytes[at] == '\r') {
            return behindLineEnd(bytes, at);
        }
        return -1 - (repeated ? at : from);
    }

    /**
     * Finds the end of the cell that begins at an index.
     *
     * @param end how many bytes there are
     * @return the index of what follows it: of the next cell or, if it ends the row, of the next line; negative: see the constants
     */
    int scan(byte[] bytes, int at, int end) {
        this.bytes = bytes;
        doubled = false;
        ascii = true;
        int first = at;
        while (bytes[first] == ' ' && firstOfSeparator != ' ') {
            first++;
        }
        return bytes[first] == quote ? quoted(first + 1, end) : plain(at);
    }

    private int plain(int begin) {
        from = begin;
        int at = begin;
        int all = 0;
        while (true) {
            byte b = bytes[at];
            if (b == '\n' || b == '\r' || (b == firstOfSeparator && separates(at)) || (repeated && b == '\t')) {
                break;
            }
            all |= b;
            at++;
        }
        to = at;
        ascii = all >= 0;
        return behind(at);
    }

    private int quoted(int begin, int end) {
        from = begin;
        int all = 0;
        for (int at = begin; at < end; at++) {
            byte b = bytes[at];
            all |= b;
            if (b == quote) {
                if (at + 1 < end && bytes[at + 1] == quote) {
                    doubled = true;
                    at++;
                } else {
                    to = at;
                    ascii = all >= 0;
                    return behindQuote(at + 1, end);
                }
            }
        }
        return UNFINISHED;
    }

    private int behindQuote(int at, int end) {
        byte b = bytes[at];
        if (b == '\n' || b == '\r' || (b == firstOfSeparator && separates(at)) || (repeated && b == '\t')) {
            return behind(at);
        }
        return at + separator.length > end ? UNFINISHED : BADLY_QUOTED;
    }

    private int behind(int behindCell) {
        int at = behindCell;
        while (repeated && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
        endsRow = bytes[at] == '\n' || bytes[at] == '\r';
        if (endsRow) {
            return behindLineEnd(bytes, at);
        }
        return repeated ? at : at + separator.length;
    }

    private boolean separates(int at) {
        for (int i = 1; i < separator.length; i++) {
            if (bytes[at + i] != separator[i]) {
                return false;
            }
        }
        return true;
    }

    /** The index of the next line. */
    static int behindLineEnd(byte[] bytes, int at) {
        return bytes[at] == '\r' && bytes[at + 1] == '\n' ? at + 2 : at + 1;
    }

    /** Whether the row ends with the cell. */
    boolean endsRow() {
        return endsRow;
    }

    /** Index of the first byte of its content, behind the quote and ASCII blanks. */
    int contentFrom() {
        int at = from;
        while (at < to && isBlank(bytes[at])) {
            at++;
        }
        return at;
    }

    /** Index behind the last byte of its content, before the quote and ASCII blanks; not below {@link #contentFrom}. */
    int contentTo() {
        int at = to;
        int first = contentFrom();
        while (at > first && isBlank(bytes[at - 1])) {
            at--;
        }
        return at;
    }

    /** As {@link String#strip} sees it. */
    private static boolean isBlank(byte b) {
        return b == ' ' || (b >= 0x09 && b <= 0x0D) || (b >= 0x1C && b <= 0x1F);
    }

    /** What the cell holds, without the quotes around it and with the blanks; empty if it is not UTF-8. */
    Optional<String> text() {
        try {
            String text = ascii ? new String(bytes, from, to - from, StandardCharsets.US_ASCII) : decoded();
            String one = String.valueOf((char) quote);
            return Optional.of(doubled ? text.replace(one + one, one) : text);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** A decoder of its own says what is not UTF-8, and takes much longer than where nothing can be wrong. */
    private String decoded() throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes, from, to - from))
                .toString();
    }

    /** Whether all bytes are ASCII characters. */
    boolean isAscii() {
        return ascii;
    }
}
