package dev.ablate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.cli.argument.UsageException;
import dev.ablate.cli.command.RootCommand;
import dev.ablate.cli.terminal.Console;
import dev.ablate.cli.terminal.ResultStream;
import dev.ablate.cli.terminal.Surroundings;
import dev.ablate.engine.problem.RequestException;
import dev.ablate.engine.report.Program;
import dev.ablate.engine.runs.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class FailuresTest {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    private final Console console = new Console(new Surroundings(
            ResultStream.to(stream),
            stream,
            false,
            false,
            Map.of(),
            Program.ABLATE,
            Path.of(""),
            Path.of(""),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));

    @Test
    void aBugIsOneLineAndSaysHowToSeeMore() throws IOException {
        assertThat(handle(new IllegalStateException("what?"))).isEqualTo(5);
        assertThat(printed())
                .isEqualTo("error: a bug in Ablate: java.lang.IllegalStateException: what?; with -v it says where\n");
    }

    @Test
    void aMistakeOfTheProgramIsNotBlamedOnThePerson() throws IOException {
        assertThat(handle(new IllegalArgumentException("jobs must be at least 1, not 0")))
                .isEqualTo(5);
        assertThat(handle(new RequestException("no variant 'bais'"))).isEqualTo(2);
        assertThat(printed())
                .isEqualTo("error: a bug in Ablate: java.lang.IllegalArgumentException: jobs must be at least 1, not 0;"
                        + " with -v it says where\nerror: no variant 'bais'\n");
    }

    @Test
    void aBugIsTracedForThoseWhoAsk() throws IOException {
        console.set(false, false, true, false);
        assertThat(handle(new IllegalStateException("what?"))).isEqualTo(5);
        assertThat(printed()).contains("\tat dev.ablate.cli.FailuresTest");
    }

    @Test
    void aStoreThatCannotBeUsedIsNotABug() throws IOException {
        assertThat(handle(new StoreException("runs.db cannot be read: disk full", new IOException())))
                .isEqualTo(1);
        assertThat(printed()).isEqualTo("error: runs.db cannot be read: disk full\n");
    }

    @Test
    void noMessageSpeaksToTheTerminal() throws IOException {
        handle(new UsageException("\u001b[2J"));
        assertThat(printed()).isEqualTo("error: \\u001b[2J\n");
    }

    private int handle(Exception failure) throws IOException {
        CommandLine line = new CommandLine(new RootCommand(console));
        return new Failures(console).handleExecutionException(failure, line, line.parseArgs());
    }

    private String printed() {
        return err.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
