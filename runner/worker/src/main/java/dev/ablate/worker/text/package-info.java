/** Numbers, counts and exceptions in words. */
@NullMarked
package dev.ablate.worker.text;

import org.jspecify.annotations.NullMarked;
