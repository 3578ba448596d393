package dev.ablate.engine.report.layout;

/** What a report is written onto, whatever its form: paragraphs and tables one below the other. */
public interface Sheet {

    /** How a text is meant. */
    enum Tone {
        /** As it comes. */
        PLAIN,
        /** What should be read first. */
        STRONG,
        /** What can be read last. */
        FAINT,
        /** What is wrong. */
        ALARMING
    }

    /** A paragraph of its own. */
    Sheet paragraph(String text, Tone tone);

    /** One sentence more, directly below what is there. */
    Sheet line(String text, Tone tone);

    /** A table under its title, which may be empty. */
    Sheet table(String title, Table table);
}
