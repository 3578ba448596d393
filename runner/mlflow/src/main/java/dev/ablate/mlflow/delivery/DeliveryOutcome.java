package dev.ablate.mlflow.delivery;

import java.util.List;

/**
 * What came of delivering one run as it now stands.
 *
 * @param stage how far it came
 * @param differences what the server has otherwise, in words; of {@link Stage#DIFFERENT} alone
 */
record DeliveryOutcome(Stage stage, List<String> differences) {

    /** How far it came. */
    enum Stage {
        /** All that there was is sent; the run has not ended. */
        UNDER_WAY,
        /** Another home writes it, and has not done. */
        WAITING,
        /** The server has another run of its identity, which stays. */
        LOST,
        /** It cannot be made whole: it is to be put into the trash and made again. */
        SPOILT,
        /** It was read back, and is not as it is here. */
        DIFFERENT,
        /** It was read back, and is as it is here. */
        VERIFIED
    }

    DeliveryOutcome {
        differences = List.copyOf(differences);
    }

    static DeliveryOutcome of(Stage stage) {
        return new DeliveryOutcome(stage, List.of());
    }

    static DeliveryOutcome readBack(List<String> differences) {
        return new DeliveryOutcome(differences.isEmpty() ? Stage.VERIFIED : Stage.DIFFERENT, differences);
    }
}
