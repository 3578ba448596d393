/** What a person should know of the data of runs, before a model is blamed for them. */
@NullMarked
package dev.ablate.engine.caution;

import org.jspecify.annotations.NullMarked;
