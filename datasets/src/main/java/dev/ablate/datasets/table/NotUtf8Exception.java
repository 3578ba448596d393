package dev.ablate.datasets.table;

import dev.ablate.datasets.csv.Place;
import java.io.IOException;
import java.io.Serial;

/** A file that is not in the encoding in which it was read. */
final class NotUtf8Exception extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Place place;

    NotUtf8Exception(Place place) {
        super("is not UTF-8 from " + place + " on");
        this.place = place;
    }

    Place place() {
        return place;
    }
}
