@NullMarked
package dev.ablate.runner.plan;

import org.jspecify.annotations.NullMarked;
