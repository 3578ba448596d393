/** What is wrong with what a person wrote: all of it at once, each with its place and a way out. */
@NullMarked
package dev.ablate.engine.problem;

import org.jspecify.annotations.NullMarked;
