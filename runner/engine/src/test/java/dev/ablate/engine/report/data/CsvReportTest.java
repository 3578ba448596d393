package dev.ablate.engine.report.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.compare.Findings;
import dev.ablate.engine.compare.Measure;
import dev.ablate.engine.compare.Question;
import dev.ablate.engine.compare.source.Results;
import dev.ablate.engine.compare.source.ResultsFile;
import dev.ablate.engine.report.Report;
import dev.ablate.engine.report.Trials;
import dev.ablate.reader.file.FileFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReportTest {

    @Test
    void hasARowForEachRun() {
        assertThat(CsvReport.render(Report.of(Trials.orGate(), Trials.asked("ablate run x"))))
                .isEqualTo("""
                variant,seed,pair,status,updates,train/mse,train/accuracy,train/error_sum,weights/x1,weights/x2,weights/bias,deterministic
                bias,1,1,finished,10000,0.000635626,1,-0.00014363,7.009224253586823,7.009532806469602,-3.149051345912768,true
                no-bias,1,1,finished,10000,0.06254773,1,0.480347,4.616930695878155,4.619950227257939,,true
                """);
    }

    @Test
    void leavesCellsEmptyWhereARunDidNotFinish() {
        assertThat(CsvReport.render(Report.of(Trials.virus(), Trials.asked("ablate run x")))
                        .lines())
                .contains("other,1,1,failed,1200,,,,,,", "other,2,2,killed,50,,,,,,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenSeeds", "sweep", "orGate"})
    void comesBackWithTheSameEffects(String name, @TempDir Path folder) throws IOException {
        Comparison comparison = switch (name) {
            case "tenSeeds" -> Trials.tenSeeds();
            case "sweep" -> Trials.sweep();
            default -> Trials.orGate();
        };
        Question asked = comparison.findings().question();
        Path file = Files.writeString(
                folder.resolve("runs.csv"), CsvReport.render(Report.of(comparison, Trials.asked("ablate run x"))));
        Results read = ResultsFile.read(file, FileFormat.none())
                .results(asked.measures().stream().map(Measure::name).toList(), List.of());
        Question again = new Question(
                asked.name(),
                read.variants(),
                asked.baseline(),
                read.cells(),
                read.pairs(),
                asked.measures(),
                asked.test(),
                asked.ratio(),
                asked.known(),
                asked.largestTargets(),
                asked.corrected(),
                asked.across(),
                asked.clusters(),
                asked.bayes());
        assertThat(Findings.of(again, read.observations()).effects()).isEqualTo(comparison.effects());
    }
}
