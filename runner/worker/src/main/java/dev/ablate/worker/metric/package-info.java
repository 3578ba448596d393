/** The metrics that come with the program, brought as anyone's are: by a plugin module. */
@NullMarked
package dev.ablate.worker.metric;

import org.jspecify.annotations.NullMarked;
