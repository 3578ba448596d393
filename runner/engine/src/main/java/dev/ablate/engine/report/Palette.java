package dev.ablate.engine.report;

import java.util.List;

/** One colour a variant, the same in every chart and wherever its runs are shown. */
public final class Palette {

    /**
     * Okabe and Ito's colours, which people of any colour vision distinguish; their yellow and black, which a white or a dark page
     * swallows, come as a darker gold and a grey.
     */
    private static final List<String> COLOURS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#b8a500", "#7f7f7f");

    private Palette() {}

    /**
     * The colour of a variant, as {@code #0072b2}.
     *
     * @param position its place among the variants, from 0; the colours begin again after the last one
     */
    public static String colour(int position) {
        return COLOURS.get(position % COLOURS.size());
    }
}
