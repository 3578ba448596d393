/** Files as programs and people write them: encoding, separator and header, as they are given or as the first rows show them. */
@NullMarked
package dev.ablate.reader.file;

import org.jspecify.annotations.NullMarked;
