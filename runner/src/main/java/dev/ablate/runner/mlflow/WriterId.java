package dev.ablate.runner.mlflow;

import dev.ablate.runner.runs.Ledger;
import org.jspecify.annotations.Nullable;

/** The id of one who writes to a server, made when first asked for; no other process has it, of this home or another. */
final class WriterId {

    private final Ledger ledger;
    private @Nullable String id;

    WriterId(Ledger ledger) {
        this.ledger = ledger;
    }

    synchronized String get() {
        String known = id;
        if (known == null) {
            known = ledger.newWriter();
            id = known;
        }
        return known;
    }
}
