/** What programs log, as it is stored, and as the runs that it describes. */
@NullMarked
package dev.ablate.engine.runs.note;

import org.jspecify.annotations.NullMarked;
