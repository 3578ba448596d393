package dev.ablate.mlflow.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {

    @ParameterizedTest
    @CsvSource({
        "train/mse, train/mse",
        "weights/größe, weights/größe",
        "weights/loss of smell, weights/loss of smell",
        "weights/x[1], weights/x_1_",
        "weights/a=b, weights/a_b",
        "'weights/a,b', weights/a_b",
        "weights/, weights/_",
        "/weights, _/weights",
        "a//b, a/_/b",
        "a/../b, a/_/b",
        "./a, _/a",
        "a.b/..c, a.b/..c",
        "\uD83D\uDE00, _"
    })
    void replacesWhatIsNotAllowed(String name, String key) {
        assertThat(new Keys(List.of(name)).of(name)).isEqualTo(key);
        assertThat(new Keys(List.of()).of(name)).isEqualTo(key);
    }

    @Test
    void keepsNamesApart() {
        Keys keys = new Keys(List.of("a(b", "a[b", "a_b", "c(d"));
        assertThat(keys.of("a_b")).isEqualTo("a_b");
        assertThat(keys.of("c(d")).isEqualTo("c_d");
        assertThat(keys.of("a(b")).matches("a_b_[0-9a-f]{4}").isNotEqualTo(keys.of("a[b"));
        assertThat(keys.of("a[b")).matches("a_b_[0-9a-f]{4}");
        assertThat(keys.of("a{b")).matches("a_b_[0-9a-f]{4}");
    }

    @Test
    void shortensWithoutCuttingACharacterInTwo() {
        String name = "\uD801\uDC37".repeat(200);
        String key = new Keys(List.of(name)).of(name);
        assertThat(key)
                .hasSizeLessThanOrEqualTo(250)
                .endsWith("_" + Digest.of(name).substring(0, 8));
        assertThat(key.codePoints().limit(100)).allMatch(c -> c == 0x10437);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void givesEachNameAKeyOfItsOwnInWhateverOrderTheyCome(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Set<String> names = new HashSet<>();
        String letters = "ab([=/. ";
        while (names.size() < 300) {
            StringBuilder name = new StringBuilder();
            for (int length = 1 + random.nextInt(4); length > 0; length--) {
                name.append(letters.charAt(random.nextInt(letters.length())));
            }
            names.add(name.toString());
        }
        List<String> shuffled = new ArrayList<>(names);
        Collections.shuffle(shuffled, new Random(seed));
        Keys one = new Keys(names);
        Keys other = new Keys(shuffled);
        assertThat(names.stream().map(one::of)).doesNotHaveDuplicates();
        assertThat(names).allSatisfy(name -> assertThat(other.of(name)).isEqualTo(one.of(name)));
        assertThat(names.stream().map(one::of)).allMatch(key -> key.matches("[\\w\\-.: ]+(/[\\w\\-.: ]+)*"));
    }

    @Test
    void shortensTheNamesOfRunsAndOfFilesOneFromAnother() {
        String name = "größe".repeat(60);
        assertThat(Keys.label("bias/seed=1")).isEqualTo("bias/seed=1");
        assertThat(Keys.label(name)).hasSize(250).startsWith("größegröße").isNotEqualTo(Keys.label(name + "!"));
        assertThat(Keys.file("dataset/rows")).isEqualTo("dataset_rows");
        assertThat(Keys.file(name).getBytes(StandardCharsets.UTF_8)).hasSizeBetween(200, 215);
        assertThat(Keys.file(name)).isNotEqualTo(Keys.file(name + "!"));
        assertThat(Keys.file("\uD801\uDC37".repeat(125)).codePoints().limit(45)).allMatch(c -> c == 0x10437);
    }
}
