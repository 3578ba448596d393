package dev.ablate.runner.report.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.runner.report.Report;
import dev.ablate.runner.report.Trials;
import org.junit.jupiter.api.Test;

class CsvReportTest {

    @Test
    void hasARowForEachRun() {
        assertThat(CsvReport.render(Report.of(Trials.orGate(), Trials.asked("ablate run x"))))
                .isEqualTo("""
                variant,seed,status,updates,train/mse,train/accuracy,train/error_sum,weights/x1,weights/x2,weights/bias,deterministic
                bias,1,finished,10000,0.000635626,1,-0.00014363,7.009224253586823,7.009532806469602,-3.149051345912768,true
                no-bias,1,finished,10000,0.06254773,1,0.480347,4.616930695878155,4.619950227257939,,true
                """);
    }

    @Test
    void leavesCellsEmptyWhereARunDidNotFinish() {
        assertThat(CsvReport.render(Report.of(Trials.virus(), Trials.asked("ablate run x")))
                        .lines())
                .contains("other,1,failed,1200,,,,,,", "other,2,killed,50,,,,,,");
    }
}
