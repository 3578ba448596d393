package dev.ablate.engine.report;

/**
 * The command that a report answers, for saying what to type next.
 *
 * @param command as it would be typed again: {@code ablate run or-gate.yaml --repeats 10}
 * @param withoutSeeds the same without what chooses seeds, so that one can be added: {@code ablate run or-gate.yaml}
 */
public record Invocation(String command, String withoutSeeds) {}
