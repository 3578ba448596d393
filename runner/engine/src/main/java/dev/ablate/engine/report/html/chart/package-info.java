/** The charts of a report's page: what each shows, and the options with which ECharts draws it. */
@NullMarked
package dev.ablate.engine.report.html.chart;

import org.jspecify.annotations.NullMarked;
