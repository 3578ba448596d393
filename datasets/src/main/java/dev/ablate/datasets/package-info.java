/** The built-in datasets: small published ones, and tables of one's own. */
@NullMarked
package dev.ablate.datasets;

import org.jspecify.annotations.NullMarked;
