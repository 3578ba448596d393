package dev.ablate.reader.csv;

/** What is made of the cells of a column. */
public enum Kind {
    /** A finite number; NaN where the value is missing, or is none: then the column is noted. */
    NUMBER,
    /** The index of a word among the column's words; -1 where the value is missing. */
    TEXT,
    /** Nothing: whatever they hold is left out. */
    UNUSED,
    /** Nothing, and they hold nothing but blanks. */
    EMPTY
}
