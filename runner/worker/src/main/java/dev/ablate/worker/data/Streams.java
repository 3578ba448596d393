package dev.ablate.worker.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A run's streams of chance, one a name, each derived from the run's seed and the name alone.
 *
 * <p>The 256 bits in which a stream starts are the SHA-256 of the seed (8 bytes, highest first) and the name (UTF-8): so
 * near seeds and similar names are as far apart as any others.
 */
public final class Streams {

    private final long seed;
    private final Map<String, RandomGenerator> asked = new HashMap<>();
    private boolean seedAsked;

    public Streams(long seed) {
        this.seed = seed;
    }

    /** The stream of a name; asked twice, the same, going on where it was. */
    public RandomGenerator stream(String name) {
        return asked.computeIfAbsent(name, this::begin);
    }

    /** The seed itself, which whoever asks draws from. */
    public long seed() {
        seedAsked = true;
        return seed;
    }

    /** Whether any stream, or the seed, was asked for; if not, every seed gives the same. */
    public boolean wereAsked() {
        return seedAsked || !asked.isEmpty();
    }

    private RandomGenerator begin(String name) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, seed));
            ByteBuffer state = ByteBuffer.wrap(digest.digest(name.getBytes(StandardCharsets.UTF_8)));
            return new Xoshiro(state.getLong(), state.getLong(), state.getLong(), state.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
