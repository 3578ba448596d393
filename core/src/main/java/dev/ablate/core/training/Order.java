package dev.ablate.core.training;

/** In which order rows are learned from. */
public enum Order {
    /** As the data has them, each once an epoch. */
    AS_GIVEN,
    /** Each once an epoch, in an order drawn again for every epoch. */
    SHUFFLED,
    /** Each row drawn again from all of them, so that a row may come twice before another comes once. */
    WITH_REPLACEMENT
}
