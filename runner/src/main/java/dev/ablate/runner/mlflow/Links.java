package dev.ablate.runner.mlflow;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Addresses of pages in MLflow's user interface.
 *
 * <p>Each says {@code workflowType=machine_learning}: the interface shows no runs otherwise.
 *
 * @param server the server
 * @param experiment the experiment's id
 */
record Links(URI server, String experiment) {

    /** Experiment tags with this prefix hold views that a link can name. */
    static final String SHARED_VIEW = "mlflow.sharedViewState.";

    /** The page of a run. */
    String run(String run) {
        return page() + "/runs/" + run + "?workflowType=machine_learning";
    }

    /** A file of a run, shown in the page. */
    String artifact(String run, String path) {
        return page() + "/runs/" + run + "/artifacts/" + path + "?workflowType=machine_learning";
    }

    /** The children of a parent run as averaged curves by group; {@code view} is a shared view that {@link #view} describes. */
    String grouped(String view) {
        return page() + "/runs?workflowType=machine_learning&compareRunsMode=CHART&viewStateShareKey=" + encode(view);
    }

    /** The children of a parent run as curves, where the server took no shared view. */
    String ungrouped(String parent) {
        return page() + "/runs?workflowType=machine_learning&searchFilter=" + encode(children(parent)) + "&orderByKey="
                + encode("tags.`ablate.cell`") + "&orderByAsc=true&compareRunsMode=CHART";
    }

    /** The value of the experiment tag that makes the shared view of a parent's children. */
    static String view(String parent) {
        JsonObject group = new JsonObject();
        group.addProperty("mode", "tag");
        group.addProperty("groupByData", "ablate.cell");
        JsonArray keys = new JsonArray();
        keys.add(group);
        JsonObject groupBy = new JsonObject();
        groupBy.addProperty("aggregateFunction", "average");
        groupBy.add("groupByKeys", keys);
        JsonObject view = new JsonObject();
        view.addProperty("searchFilter", children(parent));
        view.addProperty("orderByKey", "tags.`ablate.cell`");
        view.addProperty("orderByAsc", true);
        view.addProperty("startTime", "ALL");
        view.addProperty("lifecycleFilter", "Active");
        view.add("datasetsFilter", new JsonArray());
        view.addProperty("modelVersionFilter", "All Runs");
        view.add("groupBy", groupBy);
        view.addProperty("useGroupedValuesInCharts", true);
        view.addProperty("viewMaximized", false);
        return view.toString();
    }

    private static String children(String parent) {
        return "tags.`mlflow.parentRunId` = '" + parent + "'";
    }

    private String page() {
        return server + "/#/experiments/" + experiment;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
