/** What only all modules together can show. */
@NullMarked
package dev.ablate.experiments;

import org.jspecify.annotations.NullMarked;
