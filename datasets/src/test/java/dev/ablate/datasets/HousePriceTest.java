package dev.ablate.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.DatasetContract;
import dev.ablate.core.data.DatasetSource;
import dev.ablate.core.data.Task;
import dev.ablate.core.option.NoOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class HousePriceTest extends DatasetContract<NoOptions> {

    @Override
    protected DatasetSource<NoOptions> source() {
        return new HousePrice();
    }

    @Override
    protected NoOptions options() {
        return new NoOptions();
    }

    @Test
    void isTheFileThatItsNoteDescribes() throws IOException, NoSuchAlgorithmException {
        try (InputStream file = HousePrice.class.getResourceAsStream(HousePrice.FILE)) {
            assertThat(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(file.readAllBytes())))
                    .isEqualTo("8eda81eaa4e983358f4afd5afa50635f7dde72ed11e4d3b3bfa750a71a576421");
        }
    }

    @Test
    void takesItsLicenceAlong() throws IOException {
        try (InputStream note = HousePrice.class.getResourceAsStream("house-price.txt")) {
            assertThat(new String(note.readAllBytes(), StandardCharsets.UTF_8))
                    .contains(
                            "MIT License",
                            "Max Kuhn",
                            "The above copyright notice and this permission notice shall be");
        }
    }

    @Test
    void holdsEverySaleInDollarsSquareFeetAndYears() {
        Dataset sales = new HousePrice().open(new NoOptions());
        assertThat(sales.examples().features()).containsExactly("area", "age");
        assertThat(sales.examples().size()).isEqualTo(2_930);
        assertThat(sales.examples().row(0)).containsExactly(1656, 50);
        assertThat(sales.examples().target(0)).isEqualTo(215_000);
        assertThat(sales.examples().row(2_180)).endsWith(-1);
        assertThat(sales.task()).isEqualTo(Task.REGRESSION);
        assertThat(sales.target()).isEqualTo("price");
        assertThat(sales.units())
                .containsOnly(entry("area", "square feet"), entry("age", "years"), entry("price", "dollars"));
    }
}
