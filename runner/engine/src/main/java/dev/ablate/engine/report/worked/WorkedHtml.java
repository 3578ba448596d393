package dev.ablate.engine.report.worked;

import com.google.common.html.HtmlEscapers;
import dev.ablate.engine.report.layout.Printable;
import java.util.List;

/** A worked example as a piece of HTML without styles: a {@code section} with a heading, equations and tables. */
final class WorkedHtml {

    private WorkedHtml() {}

    /** The piece, with a line break at the end. */
    static String render(WorkedExample example) {
        StringBuilder html = new StringBuilder("<section class=\"worked-example\">\n");
        element("h3", example.title, html);
        example.introduction.forEach(line -> element("p", line, html));
        html(WorkedExample.FORWARD, example.forward, html);
        example.neurons.ifPresent(table -> html(table.headers(), table.rows(), html));
        html(example.rule, example.backward, html);
        html(example.headers, example.rows, html);
        html("What becomes of a weight", example.step, html);
        return html.append("</section>\n").toString();
    }

    private static void html(List<String> headers, List<List<String>> rows, StringBuilder html) {
        html.append("<table>\n<thead><tr>");
        headers.forEach(
                header -> html.append("<th scope=\"col\">").append(safe(header)).append("</th>"));
        html.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            html.append("<tr><th scope=\"row\">").append(safe(row.get(0))).append("</th>");
            row.stream()
                    .skip(1)
                    .forEach(cell -> html.append("<td>").append(safe(cell)).append("</td>"));
            html.append("</tr>\n");
        }
        html.append("</tbody>\n</table>\n");
    }

    private static void html(String heading, List<Equation> equations, StringBuilder html) {
        element("h4", heading, html);
        html.append("<ul>\n");
        for (Equation equation : equations) {
            html.append("<li>")
                    .append(equation.name().isEmpty() ? "" : safe(equation.name()) + ": ")
                    .append("<code>")
                    .append(safe(equation.text()))
                    .append("</code>")
                    .append(equation.note().isEmpty() ? "" : " (" + safe(equation.note()) + ")")
                    .append("</li>\n");
        }
        html.append("</ul>\n");
    }

    private static void element(String tag, String text, StringBuilder html) {
        html.append('<')
                .append(tag)
                .append('>')
                .append(safe(text))
                .append("</")
                .append(tag)
                .append(">\n");
    }

    private static String safe(String text) {
        return HtmlEscapers.htmlEscaper().escape(Printable.line(text));
    }
}
