package dev.ablate.mlflow.image;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How MLflow's page of runs shows a comparison: its runs by variant and swept cell, a curve of each in its variant's colour, the charts
 * of the metrics that are compared before all others.
 *
 * @param parent the id of the comparison's run
 * @param metrics keys of metrics in MLflow whose charts come first, in this order; those of one section (the text before the last
 *     {@code /}) stand together
 * @param runs how many there are
 */
public record SharedView(String parent, List<String> metrics, int runs) {

    /** More curves than these are averaged, a curve a group: in a colour of MLflow's, which knows none of groups. */
    static final int MOST_CURVES = 40;

    /** An experiment's tag holds 5,000 characters. */
    private static final int MOST_CHARTS = 12;

    /** Takes the first of the metrics, as many as a tag has room for. */
    public SharedView {
        metrics = List.copyOf(metrics.subList(0, Math.min(metrics.size(), MOST_CHARTS)));
    }

    /** The search for the children. */
    public String filter() {
        return "tags.`mlflow.parentRunId` = '" + parent + "'";
    }

    /** The value of the experiment's tag that makes the view. */
    public String value() {
        JsonObject group = new JsonObject();
        group.addProperty("mode", "tag");
        group.addProperty("groupByData", "ablate.cell");
        JsonArray keys = new JsonArray();
        keys.add(group);
        JsonObject groupBy = new JsonObject();
        groupBy.addProperty("aggregateFunction", "average");
        groupBy.add("groupByKeys", keys);
        JsonObject view = new JsonObject();
        view.addProperty("searchFilter", filter());
        view.addProperty("orderByKey", "tags.`ablate.cell`");
        view.addProperty("orderByAsc", true);
        view.addProperty("startTime", "ALL");
        view.addProperty("lifecycleFilter", "Active");
        view.add("datasetsFilter", new JsonArray());
        view.addProperty("modelVersionFilter", "All Runs");
        view.add("groupBy", groupBy);
        view.addProperty("useGroupedValuesInCharts", runs > MOST_CURVES);
        view.addProperty("runsHiddenMode", "SHOW_ALL");
        view.addProperty("viewMaximized", false);
        if (!metrics.isEmpty()) {
            // else it sorts sections and charts by their names
            view.addProperty("isAccordionReordered", true);
            view.add("compareRunSections", sections());
            view.add("compareRunCharts", charts());
        }
        return view.toString();
    }

    private JsonArray sections() {
        Set<String> names = new LinkedHashSet<>();
        metrics.forEach(metric -> names.add(section(metric)));
        JsonArray sections = new JsonArray();
        for (String name : names) {
            JsonObject section = new JsonObject();
            section.addProperty("uuid", sectionId(name));
            section.addProperty("name", name);
            section.addProperty("display", true);
            section.addProperty("isReordered", true);
            sections.add(section);
        }
        return sections;
    }

    /** As MLflow generates them: it makes lines of bars where there is more than one step, and adds the other metrics behind. */
    private JsonArray charts() {
        JsonArray charts = new JsonArray();
        for (String metric : metrics) {
            JsonObject chart = new JsonObject();
            chart.addProperty("type", "BAR");
            chart.addProperty("uuid", "ablate-chart-" + metric);
            chart.addProperty("metricSectionId", sectionId(section(metric)));
            chart.addProperty("metricKey", metric);
            chart.addProperty("isGenerated", true);
            chart.addProperty("deleted", false);
            charts.add(chart);
        }
        return charts;
    }

    private static String section(String metric) {
        return metric.substring(0, Math.max(0, metric.lastIndexOf('/')));
    }

    private static String sectionId(String section) {
        return "ablate-section-" + section;
    }
}
