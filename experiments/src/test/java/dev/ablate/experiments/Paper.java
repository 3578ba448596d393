package dev.ablate.experiments;

import static java.text.Normalizer.Form.NFKC;

import java.awt.geom.GeneralPath;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.contentstream.PDFGraphicsStreamEngine;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.graphics.color.PDColor;
import org.apache.pdfbox.pdmodel.graphics.image.PDImage;
import org.apache.pdfbox.util.Matrix;
import org.apache.pdfbox.util.Vector;

/**
 * What a reader of a printed document sees: a glyph or a mark that the paper or a clipping path cuts off is distinguished from one that
 * is whole.
 *
 * @param text all glyphs that are whole, in the order of printing, without spaces
 * @param cut glyphs that are cut off or off the paper
 * @param marks lines and areas
 */
record Paper(String text, String cut, List<Mark> marks) {

    /** How much a line's width, or rounding, may reach over an edge, in points. */
    private static final double SLACK = 3;

    /**
     * A line or an area.
     *
     * @param page from 0
     * @param colour as {@code #0072b2}
     * @param whole how far it reaches
     * @param seen how much of that is on the paper
     */
    record Mark(int page, String colour, Rectangle2D whole, Rectangle2D seen) {

        /** Whether some of it cannot be seen. */
        boolean isCut() {
            return whole.getMaxX() > seen.getMaxX() + SLACK || whole.getMinX() < seen.getMinX() - SLACK;
        }
    }

    /** Reads a document. */
    static Paper read(byte[] pdf) throws IOException {
        StringBuilder text = new StringBuilder();
        StringBuilder cut = new StringBuilder();
        List<Mark> marks = new ArrayList<>();
        try (PDDocument document = Loader.loadPDF(pdf)) {
            for (int page = 0; page < document.getNumberOfPages(); page++) {
                new Reader(document.getPage(page), page, text, cut, marks).processPage(document.getPage(page));
            }
        }
        return new Paper(text.toString(), cut.toString(), List.copyOf(marks));
    }

    private static final class Reader extends PDFGraphicsStreamEngine {

        private final int page;
        private final StringBuilder text;
        private final StringBuilder cut;
        private final List<Mark> marks;
        private final Rectangle2D paper;
        private final GeneralPath path = new GeneralPath();
        private boolean clipping;

        Reader(PDPage page, int number, StringBuilder text, StringBuilder cut, List<Mark> marks) {
            super(page);
            this.page = number;
            this.text = text;
            this.cut = cut;
            this.marks = marks;
            this.paper = page.getCropBox().toGeneralPath().getBounds2D();
        }

        private Rectangle2D visible() {
            return getGraphicsState().getCurrentClippingPath().getBounds2D().createIntersection(paper);
        }

        @Override
        protected void showGlyph(Matrix rendering, PDFont font, int code, Vector displacement) {
            String glyph = font.toUnicode(code);
            if (glyph == null || glyph.isBlank()) {
                return;
            }
            Point2D from = rendering.transformPoint(0, 0);
            Point2D to = rendering.transformPoint(displacement.getX(), 0);
            Rectangle2D visible = visible();
            visible.setRect(visible.getX() - 1, visible.getY() - 1, visible.getWidth() + 2, visible.getHeight() + 2);
            // a font may join two letters into one glyph
            (visible.contains(from) && visible.contains(to) ? text : cut).append(Normalizer.normalize(glyph, NFKC));
        }

        @Override
        public void appendRectangle(Point2D p0, Point2D p1, Point2D p2, Point2D p3) {
            path.moveTo(p0.getX(), p0.getY());
            path.lineTo(p1.getX(), p1.getY());
            path.lineTo(p2.getX(), p2.getY());
            path.lineTo(p3.getX(), p3.getY());
            path.closePath();
        }

        @Override
        public void moveTo(float x, float y) {
            path.moveTo(x, y);
        }

        @Override
        public void lineTo(float x, float y) {
            path.lineTo(x, y);
        }

        @Override
        public void curveTo(float x1, float y1, float x2, float y2, float x3, float y3) {
            path.curveTo(x1, y1, x2, y2, x3, y3);
        }

        @Override
        public Point2D getCurrentPoint() {
            return path.getCurrentPoint();
        }

        @Override
        public void closePath() {
            path.closePath();
        }

        @Override
        public void clip(int windingRule) {
            clipping = true;
        }

        @Override
        public void endPath() {
            if (clipping) {
                getGraphicsState().intersectClippingPath(new GeneralPath(path));
                clipping = false;
            }
            path.reset();
        }

        @Override
        public void strokePath() throws IOException {
            mark(getGraphicsState().getStrokingColor());
        }

        @Override
        public void fillPath(int windingRule) throws IOException {
            mark(getGraphicsState().getNonStrokingColor());
        }

        @Override
        public void fillAndStrokePath(int windingRule) throws IOException {
            mark(getGraphicsState().getNonStrokingColor());
        }

        private void mark(PDColor colour) throws IOException {
            Rectangle2D whole = path.getBounds2D();
            Rectangle2D seen = whole.createIntersection(visible());
            String name = String.format(Locale.ROOT, "#%06x", colour.toRGB());
            marks.add(new Mark(page, name, whole, seen));
            endPath();
        }

        @Override
        public void shadingFill(COSName shading) {
            // nothing of a report is shaded
        }

        @Override
        public void drawImage(PDImage image) {
            // a report has none
        }
    }
}
