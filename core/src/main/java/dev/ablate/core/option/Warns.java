package dev.ablate.core.option;

import java.nio.file.Path;
import java.util.Map;

/** Implemented by an options record with something that a person should know before runs are paid for. */
public interface Warns {

    /**
     * What there is to know, most often nothing; asked when a spec is planned.
     *
     * @param folder that of the spec, in which relative files begin
     * @return what is so and what to do about it, one sentence without a full stop, by the name of the option that it is about
     */
    Map<String, String> warnings(Path folder);
}
