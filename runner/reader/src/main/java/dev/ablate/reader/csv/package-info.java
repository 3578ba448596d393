/**
 * Reads CSV files: bytes to columns of numbers and of words, on several threads and with the same result for any number of them.
 *
 * <p>It knows rows and cells, and no names or messages: whoever asks for a file words what is wrong with it.
 */
@NullMarked
package dev.ablate.reader.csv;

import org.jspecify.annotations.NullMarked;
