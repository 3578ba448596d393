package dev.ablate.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairNounTest {

    @ParameterizedTest
    @CsvSource({
        "doc_id, doc",
        "docId, doc",
        "doc ID, doc",
        "sample-id, sample",
        "meta.page_id, page",
        "eval/query, query",
        "random_state, random state",
        "Patient, patient",
        "class_id, class",
        "seed, seed",
        "random_seed, seed",
        "ablate.seed, seed",
        "pair, pair",
        "id, pair",
        "ID, pair",
        "items, pair",
        "x1, pair",
        "run_id, pair",
        "größe, pair",
        "番号, pair",
        "grid, grid"
    })
    void isTheColumnsNameWhereThatIsANoun(String name, String noun) {
        assertThat(PairNoun.of(name)).isEqualTo(noun);
    }

    @Test
    void isPartOfAPair() {
        Pair doc = Pair.named("7", "doc");
        assertThat(doc.seed()).isEmpty();
        assertThat(doc.inWords()).isEqualTo("doc 7");
        assertThat(doc.label()).isEqualTo("doc=7");
        assertThat(doc).isNotEqualTo(Pair.of(7));
        assertThat(Pair.named("7", "seed")).isEqualTo(Pair.of(7));
        assertThat(Pair.named("a", "seed").inWords()).isEqualTo("pair a");
        assertThat(Pair.named("7", "pair").inWords()).isEqualTo("pair 7");
    }
}
