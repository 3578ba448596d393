package dev.ablate.worker.prepare;

import dev.ablate.core.data.Column;
import dev.ablate.worker.spec.MissingSettings;
import dev.ablate.worker.spec.PrepareSettings;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with the order that is given for the categories of a column. */
final class CategoryOrder {

    private CategoryOrder() {}

    static List<Refusal> refusals(Groups groups, Table table, PrepareSettings settings) {
        Column column = table.column(groups.source());
        String name = column.name();
        List<Refusal> refusals = new ArrayList<>();
        if (settings.encode().rare() > 0) {
            refusals.add(new Refusal(
                    "data.encode.rare",
                    "data.encode.rare gathers categories, which have no place in the order of '" + name + "'",
                    "leave out rare"));
            return refusals;
        }
        if (table.missing(groups.source()) > 0 && settings.missing().categories() == MissingSettings.Categories.OWN) {
            refusals.add(new Refusal(
                    "data.missing.categories",
                    "a missing category has no place in the order of '" + name + "'",
                    "write data.missing.categories: most or drop"));
        }
        List<String> order = settings.encode().order().get(name);
        List<String> there =
                groups.names().stream().filter(column.categories()::contains).toList();
        if (order == null) {
            refusals.add(new Refusal(
                    "data.encode.categories",
                    "data.encode.categories: ordinal needs the order of '" + name + "'",
                    "write order: { " + name + ": [" + String.join(", ", there) + "] }, from the lowest"));
            return refusals;
        }
        List<String> without =
                there.stream().filter(category -> !order.contains(category)).toList();
        if (!without.isEmpty()) {
            refusals.add(new Refusal(
                    "data.encode.order",
                    "data.encode.order has no place for " + String.join(", ", without) + " of '" + name + "'",
                    "list all its categories: " + String.join(", ", there)));
        }
        return refusals;
    }
}
