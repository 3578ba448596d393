package dev.ablate.mlflow.delivery;

import dev.ablate.mlflow.image.RunImages;
import dev.ablate.mlflow.image.SharedView;
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

    /** The children of a parent run by group; {@code view} names a {@link SharedView}. */
    String grouped(String view) {
        return page() + "/runs?workflowType=machine_learning&compareRunsMode=CHART&viewStateShareKey=" + encode(view);
    }

    /** The children of a parent run as curves, where the server took no shared view. */
    String ungrouped(SharedView view) {
        return page() + "/runs?workflowType=machine_learning&searchFilter=" + encode(view.filter()) + "&orderByKey="
                + encode("tags.`ablate.cell`") + "&orderByAsc=true&compareRunsMode=CHART";
    }

    /** The comparisons of an experiment without their runs, which else fill its page: from any page of the same server. */
    static String comparisons(String experiment) {
        return "#/experiments/" + experiment + "/runs?workflowType=machine_learning&searchFilter="
                + encode("tags.`" + RunImages.ROLE + "` = 'parent'");
    }

    private String page() {
        return server + "/#/experiments/" + experiment;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
