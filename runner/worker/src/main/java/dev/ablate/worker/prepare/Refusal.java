package dev.ablate.worker.prepare;

/**
 * Why columns cannot be prepared as they are.
 *
 * @param path of the setting that is in the way: {@code data.missing.numbers}; empty where it is none
 * @param what what is so, without a full stop
 * @param wayOut what to write instead
 */
public record Refusal(String path, String what, String wayOut) {}
