/** A comparison to what a person or a program reads. */
@NullMarked
package dev.ablate.engine.report;

import org.jspecify.annotations.NullMarked;
