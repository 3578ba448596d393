/** Results that no plan made: a file that anyone wrote, and runs picked from the store. */
@NullMarked
package dev.ablate.engine.compare.source;

import org.jspecify.annotations.NullMarked;
