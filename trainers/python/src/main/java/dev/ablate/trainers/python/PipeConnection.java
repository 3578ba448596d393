package dev.ablate.trainers.python;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** A way to a process that was started for one run, where the system has no fork. */
final class PipeConnection implements Connection {

    private final Process process;

    PipeConnection(Process process) {
        this.process = process;
    }

    @Override
    public InputStream in() {
        return process.getInputStream();
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        OutputStream out = process.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    @Override
    public void end(long asked) {
        List<ProcessHandle> all = process.descendants().toList();
        all.forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(Server.PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public OptionalInt code() {
        try {
            return process.waitFor(Server.PATIENCE_SECONDS, TimeUnit.SECONDS)
                    ? OptionalInt.of(process.exitValue())
                    : OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
    }
}
