/** A home on a network file system: how it is recognised, and the lock that gives it to one process at a time. */
@NullMarked
package dev.ablate.engine.runs.home;

import org.jspecify.annotations.NullMarked;
