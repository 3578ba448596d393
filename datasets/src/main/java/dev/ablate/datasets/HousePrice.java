package dev.ablate.datasets;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.DatasetSource;
import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Matrix;
import dev.ablate.core.option.NoOptions;
import dev.ablate.reader.csv.CsvReader;
import dev.ablate.reader.csv.Dialect;
import dev.ablate.reader.csv.Kind;
import dev.ablate.reader.csv.RowText;
import dev.ablate.reader.csv.Rows;
import dev.ablate.reader.csv.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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
        try (InputStream in = Objects.requireNonNull(HousePrice.class.getResourceAsStream(FILE), FILE);
                Source file = Source.of(in.readAllBytes())) {
            CsvReader reader = new CsvReader(file, Dialect.separatedBy(','));
            RowText header = reader.first(0, 1).get(0);
            List<Kind> kinds = Collections.nCopies(header.cells().size(), Kind.NUMBER);
            Rows sales = reader.rows(header.next(), kinds, header.cells().indexOf(TARGET));
            Matrix features = Matrix.wrap(FEATURES.size(), sales.parts());
            return Dataset.regression(Examples.of(FEATURES, features, sales.apart()), TARGET, UNITS, SOURCE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
