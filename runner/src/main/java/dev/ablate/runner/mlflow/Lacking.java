package dev.ablate.runner.mlflow;

import dev.ablate.runner.mlflow.client.ServerFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** What a server turned out not to know, as it is older than that; from any thread. */
final class Lacking {

    /** What came late to MLflow. */
    enum Ability {
        LOGGED_MODELS(
                "MLflow there is older than 3.0 and has no logged models: each run has its model under model/ in its artifacts"),
        DATASETS("MLflow there is older than 2.4 and shows no datasets");

        private final String remark;

        Ability(String remark) {
            this.remark = remark;
        }
    }

    private final Set<Ability> abilities = new ConcurrentSkipListSet<>();

    boolean has(Ability ability) {
        return abilities.contains(ability);
    }

    /**
     * Asks for something; notes that the server lacks it, if it has no such path.
     *
     * @return whether it was answered
     */
    boolean answers(Ability ability, Runnable request) {
        if (has(ability)) {
            return false;
        }
        try {
            request.run();
            return true;
        } catch (ServerFailure e) {
            if (e.kind() != ServerFailure.Kind.UNKNOWN) {
                throw e;
            }
            abilities.add(ability);
            return false;
        }
    }

    /** A sentence for each. */
    List<String> told() {
        List<String> told = new ArrayList<>();
        abilities.forEach(ability -> told.add(ability.remark));
        return told;
    }
}
