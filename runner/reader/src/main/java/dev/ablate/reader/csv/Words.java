package dev.ablate.reader.csv;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The words of one column in accepted rows, in the order in which the file has them.
 *
 * <p>Rows are accepted in the file's order, so that a word's index does not depend on which thread met it.
 */
final class Words {

    private final Map<String, Integer> indices = new HashMap<>();
    private final List<String> words = new ArrayList<>();

    /**
     * Turns the codes of rows into indices of words.
     *
     * @param dictionary has given the codes
     * @param cells the codes, one every {@code step} from {@code first} on; replaced
     */
    void accept(Dictionary dictionary, double[] cells, int first, int step, int count) {
        for (int row = 0; row < count; row++) {
            int at = first + row * step;
            if (cells[at] >= 0) {
                cells[at] = dictionary.index((int) cells[at], this);
            }
        }
    }

    /** The index of a word, new or known. */
    int index(String word) {
        Integer known = indices.putIfAbsent(word, words.size());
        if (known == null) {
            words.add(word);
        }
        return known == null ? words.size() - 1 : known;
    }

    /** The words in the order of their indices. */
    List<String> list() {
        return List.copyOf(words);
    }
}
