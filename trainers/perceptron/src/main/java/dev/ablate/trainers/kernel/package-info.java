/**
 * From the rows of a batch to the gradient of one neuron, fast and the same to the bit on every machine and for any number of threads.
 *
 * <p>{@link BatchGradient} is the way in. A whole batch is cut once into tiles of 512 rows, in which each column is an array of its own
 * ({@code Tile}); smaller batches are copied row by row ({@code BatchOfRows}). Both sum up each tile as
 * {@link dev.ablate.core.data.SumOfProducts} says and add the tiles in their order, so they agree to the bit, and threads
 * ({@code Team}) change nothing but the time. What becomes of a weighted sum is a {@link Formula}; {@link Worked} has its numbers,
 * which whoever explains an update reads while it is made.
 *
 * <p>Loops are short, each in a method of its own, from 0 to a plain limit and with one index for all arrays: of such loops the
 * compiler makes vector instructions, and of no others, without a word. {@code bench/kernels} shows where it does not.
 */
@NullMarked
package dev.ablate.trainers.kernel;

import org.jspecify.annotations.NullMarked;
