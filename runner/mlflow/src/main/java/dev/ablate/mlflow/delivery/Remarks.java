package dev.ablate.mlflow.delivery;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Sentences that a person should read after a delivery, each once; from any thread. */
final class Remarks {

    private final Set<String> sentences = new LinkedHashSet<>();

    synchronized void add(String sentence) {
        sentences.add(sentence);
    }

    synchronized List<String> all() {
        return List.copyOf(sentences);
    }
}
