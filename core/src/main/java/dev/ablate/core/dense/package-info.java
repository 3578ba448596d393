/** What trainers of dense layers have in common: their options, how layers start, and what each number is called. */
@NullMarked
package dev.ablate.core.dense;

import org.jspecify.annotations.NullMarked;
