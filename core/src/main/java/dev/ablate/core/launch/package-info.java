/** Where runs are trained: handing their tasks to something, and getting their results back. */
@NullMarked
package dev.ablate.core.launch;

import org.jspecify.annotations.NullMarked;
