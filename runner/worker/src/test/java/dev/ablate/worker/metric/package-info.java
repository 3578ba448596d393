/** Tests. */
@NullMarked
package dev.ablate.worker.metric;

import org.jspecify.annotations.NullMarked;
