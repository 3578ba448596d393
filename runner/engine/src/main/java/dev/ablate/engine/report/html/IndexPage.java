package dev.ablate.engine.report.html;

import dev.ablate.engine.report.layout.Numbers;
import java.util.List;
import java.util.Optional;

/** One page that links all reports of a store. */
public final class IndexPage {

    private IndexPage() {}

    /**
     * A comparison.
     *
     * @param name its name
     * @param key what distinguishes it from others of its name
     * @param file its report, beside the index; empty where it has none, since it has not ended
     * @param sentence the answer; empty where there is none
     * @param runs how many runs it has
     * @param when when it was last run, for a person
     */
    public record Entry(String name, String key, Optional<String> file, String sentence, int runs, String when) {}

    /** The whole page; entries stand in their order. */
    public static String render(List<Entry> entries) {
        Html html = Frame.open("Reports - Ablate").element("h1", "Reports");
        if (entries.isEmpty()) {
            html.element("p", "Nothing has been run yet.");
        }
        html.open("ul", "class", "index");
        for (Entry entry : entries) {
            html.open("li").open("h2");
            if (entry.file().isPresent()) {
                html.element("a", entry.name(), "href", entry.file().get());
            } else {
                html.text(entry.name());
            }
            html.close("h2")
                    .element(
                            "p",
                            entry.sentence().isEmpty() ? "It has not ended, so there is no report." : entry.sentence())
                    .element(
                            "p",
                            Numbers.count(entry.runs(), "run") + ", " + entry.when() + ", " + entry.key(),
                            "class",
                            "faint")
                    .close("li");
        }
        html.close("ul");
        return Frame.close(html);
    }
}
