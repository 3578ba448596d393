@NullMarked
package dev.ablate.engine.runs.home;

import org.jspecify.annotations.NullMarked;
