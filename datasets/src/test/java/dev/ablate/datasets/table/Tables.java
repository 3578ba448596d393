package dev.ablate.datasets.table;

import dev.ablate.reader.csv.Encoding;
import dev.ablate.reader.file.FileFormat;
import dev.ablate.reader.file.HeaderLine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Options of tables, as a spec would give them. */
record Tables(TableOptions options) {

    static Tables of(Path file, String target) {
        return new Tables(new TableOptions(
                Optional.of(file),
                Optional.empty(),
                Optional.empty(),
                target,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                FileFormat.none()));
    }

    static TableOptions rows(Optional<TableTask> task, String target, List<String> columns, List<List<Double>> rows) {
        return new TableOptions(
                Optional.empty(),
                Optional.of(rows),
                Optional.of(TableColumns.named(columns)),
                target,
                Optional.empty(),
                task,
                Optional.empty(),
                FileFormat.none());
    }

    Tables names(String... names) {
        return columns(TableColumns.named(List.of(names)));
    }

    Tables category(String name) {
        return columns(new TableColumns(List.of(), Map.of(name, TableColumns.Kind.CATEGORY)));
    }

    Tables number(String name) {
        return columns(new TableColumns(List.of(), Map.of(name, TableColumns.Kind.NUMBER)));
    }

    Tables columns(TableColumns columns) {
        return with(Optional.of(columns), options.positive(), options.task(), options.ignore(), options.format());
    }

    Tables positive(String positive) {
        return with(options.columns(), Optional.of(positive), options.task(), options.ignore(), options.format());
    }

    Tables task(TableTask task) {
        return with(options.columns(), options.positive(), Optional.of(task), options.ignore(), options.format());
    }

    Tables ignore(String... names) {
        return with(
                options.columns(), options.positive(), options.task(), Optional.of(List.of(names)), options.format());
    }

    Tables header(HeaderLine header) {
        FileFormat f = options.format();
        return format(new FileFormat(
                Optional.of(header), f.skip(), f.separator(), f.decimal(), f.encoding(), f.na(), f.thousands()));
    }

    Tables skip(int skip) {
        FileFormat f = options.format();
        return format(new FileFormat(
                f.header(), Optional.of(skip), f.separator(), f.decimal(), f.encoding(), f.na(), f.thousands()));
    }

    Tables separator(String separator) {
        FileFormat f = options.format();
        return format(new FileFormat(
                f.header(), f.skip(), Optional.of(separator), f.decimal(), f.encoding(), f.na(), f.thousands()));
    }

    Tables decimal(String decimal) {
        FileFormat f = options.format();
        return format(new FileFormat(
                f.header(), f.skip(), f.separator(), Optional.of(decimal), f.encoding(), f.na(), f.thousands()));
    }

    Tables encoding(Encoding encoding) {
        FileFormat f = options.format();
        return format(new FileFormat(
                f.header(), f.skip(), f.separator(), f.decimal(), Optional.of(encoding), f.na(), f.thousands()));
    }

    Tables na(String... words) {
        FileFormat f = options.format();
        return format(new FileFormat(
                f.header(),
                f.skip(),
                f.separator(),
                f.decimal(),
                f.encoding(),
                Optional.of(List.of(words)),
                f.thousands()));
    }

    Tables thousands(String thousands) {
        FileFormat f = options.format();
        return format(new FileFormat(
                f.header(), f.skip(), f.separator(), f.decimal(), f.encoding(), f.na(), Optional.of(thousands)));
    }

    private Tables format(FileFormat format) {
        return with(options.columns(), options.positive(), options.task(), options.ignore(), format);
    }

    private Tables with(
            Optional<TableColumns> columns,
            Optional<String> positive,
            Optional<TableTask> task,
            Optional<List<String>> ignore,
            FileFormat format) {
        return new Tables(new TableOptions(
                options.file(), options.rows(), columns, options.target(), positive, task, ignore, format));
    }
}
