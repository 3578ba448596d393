/** Tests of what is found out of code, program and machine. */
@NullMarked
package dev.ablate.engine.provenance;

import org.jspecify.annotations.NullMarked;
