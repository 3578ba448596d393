/** Scripts of Python as a trainer: they train, and the runner measures what they return. */
@NullMarked
package dev.ablate.trainers.python;

import org.jspecify.annotations.NullMarked;
