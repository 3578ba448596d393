package dev.ablate.engine.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.runs.Provenance;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedProvenanceTest {

    private static final Provenance ONE = new Provenance(Map.of(
            "ablate", "1.0", "java", "17", "processors", "2", "host", "here", "git_patch", "text", "plugins", "a\nb"));

    private static final Provenance OTHER = new Provenance(
            Map.of("ablate", "1.0", "java", "21", "processors", "16", "host", "here", "plugins", "a\nc"));

    @Test
    void whatRunsShareStandsOnce() {
        assertThat(SharedProvenance.of(List.of(ONE, ONE)).json()).isEqualTo("""
                {
                  "ablate": "1.0",
                  "java": "17",
                  "processors": 2,
                  "host": "here",
                  "plugins": [
                    "a",
                    "b"
                  ]
                }
                """);
    }

    @Test
    void whatDiffersIsAListWhateverTheOrderOfTheRuns() {
        String json = SharedProvenance.of(List.of(OTHER, ONE, ONE)).json();
        assertThat(json.replaceAll("\\s", ""))
                .isEqualTo("{'ablate':'1.0','java':['17','21'],'processors':['16','2'],'host':'here',"
                                .replace("'16','2'", "16,2")
                                .replace('\'', '"')
                        + "\"plugins\":[[\"a\",\"b\"],[\"a\",\"c\"]]}");
        assertThat(SharedProvenance.of(List.of(ONE, OTHER)).json()).isEqualTo(json);
        assertThat(SharedProvenance.of(List.of(ONE, OTHER)).facts())
                .containsEntry("Java", "17 | 21")
                .containsEntry("plugins", "a; b | a; c");
    }

    @Test
    void aRunOfWhichNothingIsKnownSharesNothing() {
        SharedProvenance shared = SharedProvenance.of(List.of(ONE, Provenance.NONE));
        assertThat(shared.json().replaceAll("\\s", "")).contains("\"java\":[null,\"17\"]");
        assertThat(shared.facts()).containsEntry("Java", "not known | 17");
        assertThat(SharedProvenance.of(List.of(Provenance.NONE)).facts()).isEmpty();
    }

    @Test
    void whatARunWasResumedWithCountsToo() {
        Provenance resumed =
                new Provenance(Map.of("java", "17", "host", "here", "resumed.1.java", "21", "resumed.2.host", ""));
        assertThat(SharedProvenance.of(List.of(resumed)).json().replaceAll("\\s", ""))
                .isEqualTo("{\"java\":[\"17\",\"21\"],\"host\":[null,\"here\"]}");
    }

    @Test
    void thePatchIsNotForOthers() {
        assertThat(SharedProvenance.of(List.of(ONE)).json()).doesNotContain("text");
        assertThat(SharedProvenance.of(List.of(ONE)).facts().values()).doesNotContain("text");
    }
}
