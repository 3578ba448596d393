package dev.ablate.datasets;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.DatasetSource;
import dev.ablate.core.data.Examples;
import dev.ablate.core.option.NoOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The 2,930 house sales of De Cock's data, by area and age; where they are from and their licence stands beside the file. */
final class HousePrice implements DatasetSource<NoOptions> {

    static final String SOURCE =
            "De Cock, \"Ames, Iowa: Alternative to the Boston Housing Data as an End of Semester Regression Project\","
                    + " Journal of Statistics Education 19(3) (2011), doi:10.1080/10691898.2011.11889627;"
                    + " from data set ames of the R package modeldata 1.1.0 (Max Kuhn, Posit Software; MIT License)";

    static final String FILE = "house-price.csv";

    private static final List<String> FEATURES = List.of("area", "age");
    private static final String TARGET = "price";
    private static final Map<String, String> UNITS = Map.of("area", "square feet", "age", "years", TARGET, "dollars");

    @Override
    public Dataset open(NoOptions options) {
        List<NamedCsvRecord> sales = sales();
        double[] rows = sales.stream()
                .flatMap(sale -> FEATURES.stream().map(sale::getField))
                .mapToDouble(Double::parseDouble)
                .toArray();
        double[] prices = sales.stream()
                .mapToDouble(sale -> Double.parseDouble(sale.getField(TARGET)))
                .toArray();
        return Dataset.regression(Examples.of(FEATURES, rows, prices), TARGET, UNITS, SOURCE);
    }

    private static List<NamedCsvRecord> sales() {
        InputStream file = Objects.requireNonNull(HousePrice.class.getResourceAsStream(FILE), FILE);
        try (CsvReader<NamedCsvRecord> reader =
                        CsvReader.builder().ofNamedCsvRecord(new InputStreamReader(file, StandardCharsets.US_ASCII));
                Stream<NamedCsvRecord> records = reader.stream()) {
            return records.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
