package dev.ablate.engine.report.html;

/** What every page begins and ends with: it may load nothing from anywhere, and look right on any screen. */
final class Frame {

    private Frame() {}

    /** Up to the inside of {@code main}. */
    static Html open(String title) {
        return new Html()
                .own("<!DOCTYPE html>\n")
                .open("html", "lang", "en")
                .open("head")
                .own("<meta charset=\"utf-8\">\n")
                .own("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .own("<meta name=\"color-scheme\" content=\"light dark\">\n")
                .own("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"
                        + " script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:\">\n")
                .element("title", title)
                .open("style")
                .own(Resource.text("report.css"))
                .close("style")
                .close("head")
                .open("body")
                .open("main");
    }

    /** What {@link #open} opened. */
    static String close(Html html, String... scripts) {
        html.close("main");
        for (String script : scripts) {
            html.open("script").own(script).close("script");
        }
        return html.close("body").close("html").toString();
    }
}
