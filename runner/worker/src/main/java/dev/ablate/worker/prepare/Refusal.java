package dev.ablate.worker.prepare;

/**
 * Why columns cannot be prepared as they are.
 *
 * @param what what is so, without a full stop
 * @param wayOut what to write instead
 */
public record Refusal(String what, String wayOut) {}
