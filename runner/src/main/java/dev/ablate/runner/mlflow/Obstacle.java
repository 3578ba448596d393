package dev.ablate.runner.mlflow;

import dev.ablate.runner.mlflow.client.ServerFailure;

/**
 * Why something is not delivered.
 *
 * @param words for a person, in one line
 * @param remedy what to do before it is tried again: the beginning of a sentence that ends with a command
 */
record Obstacle(String words, String remedy) {

    /** What passes by itself. */
    static Obstacle passing(String words) {
        return new Obstacle(words, "Later");
    }

    /** What the server answered, or did not. */
    static Obstacle of(ServerFailure failure) {
        return new Obstacle(String.valueOf(failure.getMessage()), failure.remedy());
    }

    /** The same, with something said before it. */
    Obstacle after(String before) {
        return new Obstacle(before + words, remedy);
    }

    /** The same, with something said after it. */
    Obstacle before(String after) {
        return new Obstacle(words + after, remedy);
    }
}
