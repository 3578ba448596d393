package dev.ablate.cli.command;

import dev.ablate.worker.task.Version;
import picocli.CommandLine.IVersionProvider;

/** {@code ablate 0.1.0}, and the Java that runs it. */
final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"ablate " + Version.text() + " (Java " + Runtime.version() + ")"};
    }
}
