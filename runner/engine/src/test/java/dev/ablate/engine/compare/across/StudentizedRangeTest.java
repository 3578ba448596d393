package dev.ablate.engine.compare.across;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudentizedRangeTest {

    /** {@code scipy.stats.studentized_range.ppf(p, k, inf)} and {@code cdf(3, k, inf)} of SciPy 1.17.1. */
    @ParameterizedTest
    @CsvSource({
        "2, 2.771807648699355, 2.3261743073533476, 0.9661051464753106",
        "3, 3.314493155398122, 2.9023802134282515, 0.9144574283450421",
        "5, 3.857655510378623, 3.478280550703068, 0.789123495036462",
        "10, 4.474124221725907, 4.129346398236873, 0.48781592602919316",
        "20, 5.0116887941184425, 4.694104409490512, 0.15374353380562766",
        "50, 5.646026026380527, 5.356686875267444, 0.0031428109423946487"
    })
    void isScipys(int k, double at95, double at90, double below3) {
        assertThat(StudentizedRange.quantile(0.95, k)).isCloseTo(at95, within(1e-9));
        assertThat(StudentizedRange.quantile(0.9, k)).isCloseTo(at90, within(1e-9));
        assertThat(StudentizedRange.below(3, k)).isCloseTo(below3, within(1e-9));
    }
}
