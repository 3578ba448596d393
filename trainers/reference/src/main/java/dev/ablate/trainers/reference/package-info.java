/** What descent is to reach, and what it is to beat. */
@NullMarked
package dev.ablate.trainers.reference;

import org.jspecify.annotations.NullMarked;
