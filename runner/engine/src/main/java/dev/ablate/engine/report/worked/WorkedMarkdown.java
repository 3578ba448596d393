package dev.ablate.engine.report.worked;

import dev.ablate.engine.report.text.MarkdownNote;
import java.util.List;
import java.util.stream.Collectors;

/** A worked example as Markdown; names are text, whatever Markdown would make of them. */
final class WorkedMarkdown {

    private WorkedMarkdown() {}

    /** The example, with a line break at the end. */
    static String render(WorkedExample example) {
        StringBuilder text = new StringBuilder("### " + MarkdownNote.plain(example.title) + "\n\n");
        text.append(example.introduction.stream().map(MarkdownNote::plain).collect(Collectors.joining("\n\n")))
                .append("\n\n")
                .append(WorkedExample.FORWARD)
                .append(":\n\n");
        example.forward.forEach(equation -> markdown(equation, text));
        example.neurons.ifPresent(table -> markdown(table.headers(), table.rows(), text));
        text.append("\n").append(example.rule).append(":\n\n");
        example.backward.forEach(equation -> markdown(equation, text));
        markdown(example.headers, example.rows, text);
        text.append("\n");
        example.step.forEach(equation -> markdown(equation, text));
        return text.toString();
    }

    private static void markdown(List<String> headers, List<List<String>> rows, StringBuilder text) {
        text.append("\n| ").append(String.join(" | ", headers)).append(" |\n|---|");
        text.append("---:|".repeat(headers.size() - 1)).append("\n");
        for (List<String> row : rows) {
            text.append("| ")
                    .append(row.stream().map(MarkdownNote::plain).collect(Collectors.joining(" | ")))
                    .append(" |\n");
        }
    }

    /** Formulas are code, where a star is a star; a name stands outside. */
    private static void markdown(Equation equation, StringBuilder text) {
        text.append("- ");
        if (!equation.name().isEmpty()) {
            text.append(MarkdownNote.plain(equation.name())).append(": ");
        }
        text.append("`").append(equation.text()).append("`");
        if (!equation.note().isEmpty()) {
            text.append(" (").append(MarkdownNote.plain(equation.note())).append(")");
        }
        text.append("\n");
    }
}
