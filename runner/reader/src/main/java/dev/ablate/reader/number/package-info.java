/** Numbers as they are written: from bytes to doubles, and what looks like one. */
@NullMarked
package dev.ablate.reader.number;

import org.jspecify.annotations.NullMarked;
