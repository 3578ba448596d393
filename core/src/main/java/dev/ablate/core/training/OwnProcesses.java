package dev.ablate.core.training;

/**
 * Implemented by the options record of a trainer that starts a process for each run, which may use the whole machine: runs go one at a time
 * unless a person asks for more.
 */
public interface OwnProcesses {}
