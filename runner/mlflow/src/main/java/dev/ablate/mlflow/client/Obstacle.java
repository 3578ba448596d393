package dev.ablate.mlflow.client;

/**
 * Why something is not delivered.
 *
 * @param words for a person, in one line
 * @param remedy what to do before it is tried again: the beginning of a sentence that ends with a command
 */
public record Obstacle(String words, String remedy) {

    /** What passes by itself. */
    public static Obstacle passing(String words) {
        return new Obstacle(words, "Later");
    }

    /** What the server answered, or did not. */
    public static Obstacle of(ServerFailure failure) {
        return new Obstacle(String.valueOf(failure.getMessage()), failure.remedy());
    }

    /** The same, with something said before it. */
    public Obstacle after(String before) {
        return new Obstacle(before + words, remedy);
    }

    /** The same, with something said after it. */
    public Obstacle before(String after) {
        return new Obstacle(words + after, remedy);
    }
}
