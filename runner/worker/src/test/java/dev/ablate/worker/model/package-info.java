/** Tests. */
@NullMarked
package dev.ablate.worker.model;

import org.jspecify.annotations.NullMarked;
