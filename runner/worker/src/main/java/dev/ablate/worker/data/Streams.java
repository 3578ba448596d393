package dev.ablate.worker.data;

import dev.ablate.worker.spec.SplitSettings.Fold;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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

    /** Of a run without folds, and of what all folds of a seed share. */
    public Streams(long seed) {
        this(seed, Optional.empty());
    }

    /** Of a run: what is drawn in one fold has nothing to do with what is drawn in another. */
    public Streams(long seed, Optional<Fold> fold) {
        this.seed = fold.map(of -> bits(seed, "fold " + of.number()).getLong()).orElse(seed);
    }

    /** The stream of a name; asked twice, the same, going on where it was. */
    public RandomGenerator stream(String name) {
        return asked.computeIfAbsent(name, this::begin);
    }

    /** The seed itself, or a number that is made of seed and fold; whoever asks draws from it. */
    public long seed() {
        seedAsked = true;
        return seed;
    }

    /** Whether any stream, or the seed, was asked for; if not, every seed gives the same. */
    public boolean wereAsked() {
        return seedAsked || !asked.isEmpty();
    }

    private RandomGenerator begin(String name) {
        ByteBuffer state = bits(seed, name);
        return new Xoshiro(state.getLong(), state.getLong(), state.getLong(), state.getLong());
    }

    private static ByteBuffer bits(long seed, String name) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, seed));
            return ByteBuffer.wrap(digest.digest(name.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
