/** Tests. */
@NullMarked
package dev.ablate.worker.spec;

import org.jspecify.annotations.NullMarked;
