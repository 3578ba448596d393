package dev.ablate.engine.transfer;

import dev.ablate.engine.problem.RequestException;
import dev.ablate.worker.exchange.ExchangeException;
import dev.ablate.worker.exchange.ResultFile;
import dev.ablate.worker.exchange.RunResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A file of runs: a zip of {@code runs.json}, a worker's {@code KEY.result} for each run, and {@code SHA256SUMS}, which
 * {@code sha256sum -c} reads, too.
 */
final class RunsFile {

    static final String MANIFEST = "runs.json";
    static final String RESULT = ".result";
    private static final String SUMS = "SHA256SUMS";

    /** More is not read into memory. */
    private static final long MOST_BYTES = 1L << 30;

    private static final Pattern SUM =
            Pattern.compile("([0-9a-f]{64})  (" + MANIFEST + "|[0-9a-f]{64}\\" + RESULT + ")");

    private RunsFile() {}

    /** Gives results one by one. */
    interface Results {
        RunResult of(Manifest.Run run);
    }

    /**
     * Writes one; equal contents give equal files.
     *
     * @param file what is there is replaced
     * @throws IOException if it cannot be written
     */
    static void write(Path file, Manifest manifest, Results results) throws IOException {
        Map<String, String> sums = new LinkedHashMap<>();
        Path result = Files.createTempFile("ablate", RESULT);
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            byte[] json = manifest.json().getBytes(StandardCharsets.UTF_8);
            sums.put(MANIFEST, hex(sha256().digest(json)));
            begin(zip, MANIFEST);
            zip.write(json);
            for (Manifest.Run run : manifest.runs()) {
                ResultFile.write(results.of(run), result);
                begin(zip, run.key() + RESULT);
                try (DigestInputStream in = new DigestInputStream(Files.newInputStream(result), sha256())) {
                    in.transferTo(zip);
                    sums.put(run.key() + RESULT, hex(in.getMessageDigest().digest()));
                }
            }
            begin(zip, SUMS);
            for (Map.Entry<String, String> sum : sums.entrySet()) {
                zip.write((sum.getValue() + "  " + sum.getKey() + "\n").getBytes(StandardCharsets.US_ASCII));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            Files.deleteIfExists(result);
        }
    }

    private static void begin(ZipOutputStream zip, String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        // the time of writing is no part of it
        entry.setTime(0);
        zip.putNextEntry(entry);
    }

    /**
     * Reads one, and holds every byte of it against its hash.
     *
     * @throws RequestException if it is not one, cut off or damaged
     * @throws IOException if it cannot be read
     */
    static Manifest read(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Map<String, String> sums = sums(file, zip);
            for (Map.Entry<String, String> sum : sums.entrySet()) {
                try (DigestInputStream in = new DigestInputStream(open(file, zip, sum.getKey()), sha256())) {
                    in.transferTo(OutputStream.nullOutputStream());
                    if (!hex(in.getMessageDigest().digest()).equals(sum.getValue())) {
                        throw damaged(file, "the checksum of " + sum.getKey() + " does not fit");
                    }
                }
            }
            Manifest manifest = Manifest.read(text(file, zip, MANIFEST));
            Set<String> described = new HashSet<>();
            manifest.runs().forEach(run -> described.add(run.key() + RESULT));
            described.add(MANIFEST);
            if (!described.equals(sums.keySet())) {
                throw damaged(file, "it does not hold the runs that it describes");
            }
            return manifest;
        } catch (ZipException e) {
            throw damaged(file, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw new RequestException(file + " " + e.getMessage() + "; nothing was imported", e);
        }
    }

    /**
     * Gives the results of a file that was read, one by one in their order.
     *
     * @throws RequestException if one is not what it should be
     */
    static void each(Path file, Manifest manifest, Consumer<RunResult> reader) throws IOException {
        Path copy = Files.createTempFile("ablate", RESULT);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (Manifest.Run run : manifest.runs()) {
                try (InputStream in = open(file, zip, run.key() + RESULT);
                        OutputStream out = Files.newOutputStream(copy)) {
                    in.transferTo(out);
                }
                RunResult result = ResultFile.read(copy);
                if (!result.key().equals(run.key()) || result.status() != RunResult.Status.FINISHED) {
                    throw damaged(file, run.key() + RESULT + " is not of that run, or has not finished");
                }
                reader.accept(result);
            }
        } catch (ExchangeException e) {
            throw damaged(
                    file,
                    "a result in it cannot be used: "
                            + String.valueOf(e.getMessage()).replace(copy + " ", "it "));
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private static Map<String, String> sums(Path file, ZipFile zip) throws IOException {
        Map<String, String> sums = new LinkedHashMap<>();
        for (String line : text(file, zip, SUMS).lines().toList()) {
            Matcher sum = SUM.matcher(line);
            if (!sum.matches() || sums.put(sum.group(2), sum.group(1)) != null) {
                throw damaged(file, "a line of " + SUMS + " makes no sense");
            }
        }
        Set<String> names = new HashSet<>(sums.keySet());
        names.add(SUMS);
        try (Stream<? extends ZipEntry> entries = zip.stream()) {
            Set<String> there = new HashSet<>();
            entries.forEach(entry -> there.add(entry.getName()));
            if (!there.equals(names) || zip.size() != names.size()) {
                throw damaged(file, "it does not hold what its " + SUMS + " says");
            }
        }
        return sums;
    }

    private static String text(Path file, ZipFile zip, String name) throws IOException {
        try (InputStream in = open(file, zip, name)) {
            byte[] bytes = in.readNBytes((int) MOST_BYTES);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static InputStream open(Path file, ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new RequestException(
                    file + " is not a file of runs (ablate runs export writes one): there is no " + name + " in it");
        }
        return zip.getInputStream(entry);
    }

    private static RequestException damaged(Path file, String how) {
        return new RequestException(file + " is not a file of runs, cut off or damaged (" + how
                + "); nothing was imported. To have it again: ablate runs export, in the home that it comes from");
    }

    private static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
