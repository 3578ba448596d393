/** The data of a run: its split, its scaling, its streams of chance, and what is worth a caution in them. */
@NullMarked
package dev.ablate.engine.data;

import org.jspecify.annotations.NullMarked;
