package dev.ablate.engine.plan;

/**
 * What makes a run the same run: a SHA-256 over everything that its result depends on.
 *
 * @param hex 64 lower-case hex digits
 */
public record RunKey(String hex) {

    /**
     * @throws IllegalArgumentException if it is not 64 lower-case hex digits
     */
    public RunKey {
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("not a run key: " + hex);
        }
    }

    /** The first 8 digits, as people quote it. */
    public String brief() {
        return hex.substring(0, 8);
    }

    @Override
    public String toString() {
        return hex;
    }
}
