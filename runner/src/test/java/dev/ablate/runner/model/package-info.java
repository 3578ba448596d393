/** Tests of models as other programs read them. */
@NullMarked
package dev.ablate.runner.model;

import org.jspecify.annotations.NullMarked;
