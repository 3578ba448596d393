package dev.ablate.cli.terminal;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The person's web browser. */
public final class Browser {

    private Browser() {}

    /** Opens a page, where there is a browser; the page's address was printed anyway. */
    public static void open(String page) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        List<String> command = system.startsWith("windows")
                ? List.of("rundll32", "url.dll,FileProtocolHandler", page)
                : List.of(system.startsWith("mac") ? "open" : "xdg-open", page);
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            // no such program: the address is on the screen
        }
    }
}
