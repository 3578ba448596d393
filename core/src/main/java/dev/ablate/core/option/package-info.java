/** Options of datasets and trainers: records whose components say their help, default and range. */
@NullMarked
package dev.ablate.core.option;

import org.jspecify.annotations.NullMarked;
