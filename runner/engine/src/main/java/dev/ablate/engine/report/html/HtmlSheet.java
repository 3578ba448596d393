package dev.ablate.engine.report.html;

import dev.ablate.engine.compare.Question;
import dev.ablate.engine.report.Group;
import dev.ablate.engine.report.Palette;
import dev.ablate.engine.report.layout.Printable;
import dev.ablate.engine.report.layout.Sheet;
import dev.ablate.engine.report.layout.Table;
import dev.ablate.engine.report.layout.Table.Column;
import dev.ablate.engine.report.layout.Table.Groups;
import dev.ablate.engine.report.layout.Table.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Paragraphs and tables in HTML; where a column names a variant, its colour stands beside it. */
final class HtmlSheet implements Sheet {

    /** A number, or a sign behind which a name goes on. */
    private static final Pattern NUMBER = Pattern.compile("(?<number>[-+]?[0-9]+(\\.[0-9]+)?(e[-+]?[0-9]+)?)|[/=_,]");

    private final Html html;
    private final Map<String, String> colours = new HashMap<>();

    HtmlSheet(Html html, Question question) {
        this.html = html;
        for (Group group : Group.of(question)) {
            String colour = Palette.colour(question.variants().indexOf(group.variant()));
            colours.put(Printable.line(group.variant()), colour);
            colours.put(Printable.line(group.label()), colour);
        }
    }

    @Override
    public Sheet paragraph(String words, Tone tone) {
        switch (tone) {
            case PLAIN -> html.element("p", words);
            default -> html.element("p", words, "class", tone.name().toLowerCase(Locale.ROOT));
        }
        return this;
    }

    @Override
    public Sheet line(String words, Tone tone) {
        return paragraph(words, tone);
    }

    @Override
    public Sheet table(String title, Table table) {
        Table bare = table.withoutBars();
        List<Column> columns = bare.columns();
        // a wide table is scrolled by itself, also with the keyboard
        html.open("div", "class", "wide", "tabindex", "0", "role", "region", "aria-label", name(title, columns));
        html.open("table");
        if (!title.isEmpty()) {
            html.element("caption", title);
        }
        html.open("thead").open("tr");
        for (Column column : columns) {
            header(column);
        }
        html.close("tr").close("thead").open("tbody");
        for (List<String> row : bare.rows()) {
            html.open("tr");
            for (int c = 0; c < row.size(); c++) {
                cell(row.get(c), columns.get(c), c == 0);
            }
            html.close("tr");
        }
        html.close("tbody").close("table").close("div");
        return this;
    }

    private static String name(String title, List<Column> columns) {
        return title.isEmpty()
                ? "table: "
                        + String.join(", ", columns.stream().map(Column::header).toList())
                : title;
    }

    private void header(Column column) {
        String kind = column.kind() == Kind.NUMBER ? "number" : "text";
        if (column.header().isEmpty()) {
            html.element("td", "", "class", kind);
            return;
        }
        html.open("th", "scope", "col", "class", kind);
        if (column.groups() == Groups.HEADER) {
            swatch(column.header());
        }
        words(column.header());
        html.close("th");
    }

    /** On paper a header may be broken behind the parts of a name, and never inside of a number. */
    private void words(String header) {
        Matcher number = NUMBER.matcher(header);
        int from = 0;
        while (number.find()) {
            html.text(header.substring(from, number.start()));
            if (number.group("number") == null) {
                html.text(number.group()).own("<wbr>");
            } else {
                html.open("span", "class", "whole").text(number.group()).own("</span>");
            }
            from = number.end();
        }
        html.text(header.substring(from));
    }

    private void cell(String words, Column column, boolean first) {
        if (column.kind() == Kind.VERDICT) {
            html.open("td").element("span", words, "class", "verdict " + words).close("td");
            return;
        }
        String tag = first ? "th" : "td";
        String kind = column.kind() == Kind.NUMBER ? "number" : "text";
        if (first) {
            html.open(tag, "scope", "row", "class", kind);
        } else {
            html.open(tag, "class", kind);
        }
        if (column.groups() == Groups.CELLS) {
            swatch(words);
        }
        html.text(words).close(tag);
    }

    private void swatch(String name) {
        String colour = colours.get(name);
        if (colour != null) {
            Swatch.write(colour, html);
        }
    }
}
