package dev.ablate.reader.file;

import dev.ablate.reader.csv.Place;
import java.io.IOException;
import java.io.Serial;

/** A file that is not in the encoding in which it was read. */
public final class NotUtf8Exception extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Place place;

    NotUtf8Exception(Place place) {
        super("is not UTF-8 from " + place + " on");
        this.place = place;
    }

    /** Where it is not, for the first time. */
    public Place place() {
        return place;
    }
}
