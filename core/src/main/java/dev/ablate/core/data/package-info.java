/** Examples to learn from, and where they come from. */
@NullMarked
package dev.ablate.core.data;

import org.jspecify.annotations.NullMarked;
