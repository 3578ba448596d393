package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ablate.cli.Shell;
import dev.ablate.engine.report.Palette;
import dev.ablate.engine.report.layout.Numbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports as a person sees them: in a real browser, from the disk. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Order(4)
class ReportPageTest {

    private static final int WIDE = 1000;
    private static final int PHONE = 400;

    /** As wide as paper is for a chart. */
    private static final double PAPER = 700;

    /** The largest report of 200 runs, in bytes. */
    private static final long LARGEST = 1_500_000;

    /** Colours of variants. */
    private static final List<String> COLOURS =
            IntStream.range(0, 7).mapToObj(Palette::colour).toList();

    /** Tables as lists of rows of texts, by caption; those without one by their first header. */
    private static final String TABLES = """
            return JSON.stringify([...document.querySelectorAll('table')].map(table => ({
              name: table.caption ? table.caption.innerText : '',
              rows: [...table.rows].map(row => [...row.cells].map(cell => cell.innerText.trim()))})));
            """;

    /**
     * Whatever keeps people from reading, but for the inside of charts, each of which is one picture to a reader of screens, for
     * the later rows of tables, which are as the first, and for a megabyte of scripts, which nobody reads and axe copies again and
     * again.
     */
    static final String FAULTS = """
            const done = arguments[arguments.length - 1];
            document.querySelectorAll('.canvas').forEach(canvas => canvas.replaceChildren());
            document.querySelectorAll('script').forEach(script => script.remove());
            document.querySelectorAll('tbody').forEach(body => [...body.rows].slice(3).forEach(row => row.remove()));
            axe.run({ resultTypes: ['violations'], preload: false }).then(result => done(JSON.stringify(result.violations
              .filter(fault => ['serious', 'critical'].includes(fault.impact))
              .map(fault => fault.id + ': ' + fault.nodes.slice(0, 3).map(node => node.html).join(' ')))));
            """;

    /** Keeps what each chart is when it goes to the printer: how wide, how far it reaches, its words, and its coloured parts. */
    private static final String PRINTED = """
            const colours = 'COLOURS'.split(' ');
            addEventListener('beforeprint', () => {
              window.printed = [...document.querySelectorAll('.canvas svg')].map(svg => {
                const from = svg.getBoundingClientRect().left;
                const parts = [...svg.querySelectorAll('path, text, rect, circle, polygon, polyline, line')]
                  .filter(part => !part.closest('defs') && part.getBoundingClientRect().width > 0);
                return {
                  width: Number(svg.getAttribute('width')),
                  reach: Math.max(...parts.map(part => part.getBoundingClientRect().right - from)),
                  words: parts.filter(part => part.tagName === 'text').map(part => part.textContent).join('').replaceAll(' ', ''),
                  coloured: parts.filter(part => colours.includes(part.getAttribute('stroke'))
                    || colours.includes(part.getAttribute('fill'))).length,
                };
              });
            });
            return true;
            """.replace("COLOURS", String.join(" ", COLOURS));

    /**
     * How wide the longest line of any text is on paper, and which headers are broken inside of a number there. Lines beyond 130
     * characters may be broken, as letters that fit would be too small.
     */
    private static final String BROKEN = """
            dispatchEvent(new Event('beforeprint'));
            const width = Math.max(...[...document.querySelectorAll('pre')].map(pre => {
              pre.textContent = pre.textContent.split('\\n').filter(line => line.length <= 130).join('\\n');
              pre.style.width = 'max-content';
              return pre.getBoundingClientRect().width;
            }));
            const numbers = [];
            const headers = [...document.querySelectorAll('thead th')];
            for (const header of headers) {
              const walker = document.createTreeWalker(header, NodeFilter.SHOW_TEXT);
              for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const top = at => {
                  const range = document.createRange();
                  range.setStart(node, at);
                  range.setEnd(node, at + 1);
                  return range.getBoundingClientRect().top;
                };
                const text = node.textContent;
                for (let i = 1; i < text.length; i++) {
                  if (/[0-9.][0-9.]/.test(text.slice(i - 1, i + 1)) && top(i) !== top(i - 1)) {
                    numbers.push(header.innerText);
                  }
                }
              }
            }
            dispatchEvent(new Event('afterprint'));
            return JSON.stringify({ spec: width, numbers, headers: headers.length });
            """;

    /** What follows is asked when the page has been drawn again. */
    private static final String LATER = "const done = arguments[arguments.length - 1]; setTimeout(() => done(";

    @TempDir
    private static Path folder;

    private static final Map<String, JsonObject> DOCUMENTS = new HashMap<>();
    private static final Map<String, Path> PAGES = new HashMap<>();

    private static Chromium chromium;

    @BeforeAll
    static void writeTheReports() throws IOException {
        chromium = Chromium.start("reports");
        ShippedDocuments.names().forEach(name -> DOCUMENTS.put(name, ShippedDocuments.of(name)));
        Shell.Result index = ShippedDocuments.shell(folder).run("report", "--all");
        assertThat(index.code()).as(index.err()).isZero();
        Path written = Path.of(index.out().strip());
        for (Map.Entry<String, JsonObject> run : DOCUMENTS.entrySet()) {
            String key = run.getValue().get("key").getAsString().substring(0, 8);
            PAGES.put(run.getKey(), written.resolveSibling(run.getKey() + "-" + key + ".html"));
        }
    }

    @AfterAll
    static void endTheBrowser() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.ablate.experiments.ShippedDocuments#names")
    void isDrawnOnAPhoneWithoutAComplaintOrAQuestionToAnybodyAndSaysToEverybodyWhatTheDocumentSays(String name)
            throws IOException {
        Path page = page(name);
        chromium.open(page, PHONE, name.startsWith("or-gate"));

        assertIsDrawn(PHONE);
        assertThat(chromium.requests()).containsExactly(page.toUri().toString());
        assertThat(Files.size(page)).isLessThan(LARGEST);
        assertSaysWhatTheDocumentSays(name);
        assertIsReadableForEverybody();
    }

    private static void assertIsDrawn(int width) throws IOException {
        assertThat(chromium.messages()).isEmpty();
        assertThat(chromium.ask("return document.documentElement.scrollWidth")).isEqualTo((long) width);
        assertThat(counts("return JSON.stringify([...document.querySelectorAll('.canvas')]"
                        + ".map(canvas => canvas.querySelectorAll('svg path').length))"))
                .isNotEmpty()
                .allMatch(paths -> paths > 2);
        assertThat(chromium.colours("figure .canvas")).as("colours").isGreaterThan(3);
    }

    private static void assertSaysWhatTheDocumentSays(String name) {
        JsonObject document = document(name);
        List<JsonObject> tables =
                objects(JsonParser.parseString((String) chromium.ask(TABLES)).getAsJsonArray());

        assertThat(chromium.ask("return document.querySelector('h1').innerText"))
                .isEqualTo(name);
        assertThat(chromium.ask("return document.querySelector('header .strong').innerText"))
                .isEqualTo(document.get("sentence").getAsString());
        assertThat(effectsOf(tables))
                .containsExactlyInAnyOrderElementsOf(objects(document.getAsJsonArray("effects")).stream()
                        .map(effect -> number(effect, "difference") + " "
                                + effect.get("verdict").getAsString())
                        .toList());
        String primary =
                objects(document.getAsJsonArray("effects")).get(0).get("metric").getAsString();
        assertThat(runsOf(tables, primary))
                .containsExactlyElementsOf(objects(document.getAsJsonArray("runs")).stream()
                        .map(run -> run.get("variant").getAsString() + " "
                                + run.get("pair").getAsString() + " "
                                + number(run.getAsJsonObject("metrics"), primary) + " "
                                + run.get("key").getAsString().substring(0, 8))
                        .toList());
    }

    private static void assertIsReadableForEverybody() throws IOException {
        chromium.ask(Chromium.script("META-INF/resources/webjars/axe-core/4.6.3/axe.min.js") + "; return true");
        assertThat(JsonParser.parseString((String) chromium.askLater(FAULTS)).getAsJsonArray())
                .isEmpty();
    }

    /** Between them they have a chart of every kind but the confusion matrix, which is a table. */
    @ParameterizedTest
    @ValueSource(strings = {"or-gate-bias", "virus-symptoms", "house-price", "guess-the-weight", "sigmoid-shift"})
    void isDrawnOnAWideScreen(String name) throws IOException {
        chromium.open(page(name), WIDE, false);
        assertIsDrawn(WIDE);
    }

    @Test
    void hidesAndShowsWhatTheLegendNames() {
        chromium.open(page("or-gate-bias"), WIDE, false);
        String lines = "[...document.querySelectorAll('.canvas')].reduce((sum, canvas) => sum"
                + " + canvas.querySelectorAll('path[stroke=\"#0072b2\"]').length, 0)";
        String toggle = "const button = [...document.querySelectorAll('.legend button')]"
                + ".find(one => one.innerText.trim() === 'bias'); button.click(); return button.ariaPressed";
        Object before = chromium.ask("return " + lines);

        assertThat(chromium.ask(toggle)).isEqualTo("false");
        assertThat((Long) chromium.askLater(LATER + lines + "), 100)")).isLessThan((Long) before);
        assertThat(chromium.ask(toggle)).isEqualTo("true");
        assertThat(chromium.askLater(LATER + lines + "), 100)")).isEqualTo(before);
    }

    @Test
    void isLightOrDarkAsThePersonLikesIt() {
        String paper = "return getComputedStyle(document.body).backgroundColor";
        chromium.open(page("or-gate-bias"), WIDE, false);
        Object light = chromium.ask(paper);
        chromium.open(page("or-gate-bias"), WIDE, true);
        assertThat(light).isEqualTo("rgb(255, 255, 255)");
        assertThat(chromium.ask(paper)).isEqualTo("rgb(22, 24, 27)");
    }

    /** A metric, a sweep, several metrics with held-back rows, and tables that are wider than paper. */
    @ParameterizedTest
    @CsvSource({
        "or-gate-bias, 8.27, 11.69",
        "or-gate-seeds, 8.5, 11",
        "house-price, 8.5, 11",
        "xor, 8.27, 11.69",
        "or-gate-learning-rates, 8.27, 11.69"
    })
    void isPrintedWithoutLosingATickAPointOrAColour(String name, double width, double height) throws IOException {
        chromium.open(page(name), WIDE, true);
        chromium.ask(PRINTED);
        Paper paper = Paper.read(chromium.print(width, height));
        List<JsonObject> drawings =
                objects(JsonParser.parseString((String) chromium.ask("return JSON.stringify(window.printed)"))
                        .getAsJsonArray());

        assertThat(drawings).isNotEmpty().allSatisfy(drawing -> {
            assertThat(drawing.get("reach").getAsDouble())
                    .as("right end of what is drawn")
                    .isLessThanOrEqualTo(drawing.get("width").getAsDouble());
            assertThat(paper.text()).contains(drawing.get("words").getAsString());
        });
        assertThat(paper.cut()).isEmpty();
        List<Paper.Mark> coloured = paper.marks().stream()
                .filter(mark -> COLOURS.contains(mark.colour()))
                .toList();
        assertThat(coloured)
                .hasSizeGreaterThanOrEqualTo(drawings.stream()
                        .mapToInt(drawing -> drawing.get("coloured").getAsInt())
                        .sum())
                .noneMatch(Paper.Mark::isCut);
        assertThat(coloured.stream().filter(ReportPageTest::isSwatch))
                .hasSizeGreaterThanOrEqualTo(
                        ((Long) chromium.ask("return document.querySelectorAll('.swatch:not(.line)').length"))
                                .intValue());
        assertThat(chromium.ask("return [...document.querySelectorAll('.canvas')].every(canvas =>"
                        + " Number(canvas.querySelector('svg').getAttribute('width')) === canvas.clientWidth)"))
                .as("drawn for the screen again")
                .isEqualTo(true);
    }

    /** Long lines of a spec, tables with the names of cells in their headers. */
    @ParameterizedTest
    @ValueSource(strings = {"or-gate-learning-rates", "virus-features"})
    void onPaperLinesOfTheSpecAndNumbersStayWhole(String name) throws IOException {
        chromium.open(page(name), WIDE, false);
        JsonObject found = JsonParser.parseString((String) chromium.ask(BROKEN)).getAsJsonObject();

        assertThat(found.get("numbers").getAsJsonArray())
                .as("headers broken inside of a number")
                .isEmpty();
        assertThat(found.get("headers").getAsInt()).as("headers on paper").isPositive();
        assertThat(found.get("spec").getAsDouble())
                .as("width of the longest line of the spec, of %s on paper", PAPER)
                .isBetween(1.0, PAPER);
    }

    private static boolean isSwatch(Paper.Mark mark) {
        double width = mark.whole().getWidth();
        return width > 5 && width < 12 && Math.abs(width - mark.whole().getHeight()) < 0.5;
    }

    @Test
    void linksEveryReportFromOnePage() throws IOException {
        Path index = page("or-gate-bias").resolveSibling("index.html");
        chromium.open(index, WIDE, false);
        assertThat(chromium.messages()).isEmpty();
        Object links = chromium.ask("return JSON.stringify([...document.querySelectorAll('a')].map(a => a.href))");
        assertThat(JsonParser.parseString((String) links).getAsJsonArray().asList().stream()
                        .map(JsonElement::getAsString))
                .containsExactlyInAnyOrderElementsOf(PAGES.values().stream()
                        .map(page -> page.toUri().toString())
                        .toList());
    }

    @Test
    void showsMarkupInNamesNotesAndHeadersAsText() throws IOException {
        String bad = "</script><script>window.caught = 1</script><img src=x onerror='window.caught = 2'>";
        Shell ablate = new Shell(folder, folder.resolve("bad"));
        ablate.write("bad.csv", "\"" + bad + "\",\"a\"\"'<b>&amp;\",y\n0,0,0\n0,1,1\n1,0,1\n1,1,1\n");
        String spec = ablate.write("bad.yaml", """
                version: 1
                name: bad
                description: "%1$s"
                dataset: { plugin: table, file: bad.csv, target: y, task: binary-classification }
                trainer: { plugin: perceptron, epochs: 20, learning_rate: 0.1 }
                variants:
                  with: {}
                  without: { trainer.bias: false }
                predict: [[1, 0]]
                compare: { baseline: without, primary: train/mse, metrics: { train/mse: { goal: minimize } } }
                """.replace("%1$s", bad));
        Shell.Result run = ablate.run("run", spec, "--offline");
        assertThat(run.code()).as(run.err()).isZero();
        Path page = folder.resolve("bad.html");
        ablate.run("report", spec, "-o", page.toString());

        chromium.open(page, WIDE, false);

        assertThat(chromium.messages()).isEmpty();
        assertThat(chromium.ask("return String(window.caught)")).isEqualTo("undefined");
        assertThat(chromium.ask("return document.querySelector('.description').innerText"))
                .isEqualTo(bad);
        assertThat((String) chromium.ask(TABLES)).contains(bad);
        assertThat(chromium.ask("return document.querySelectorAll('img, b').length"))
                .isEqualTo(0L);
    }

    @Test
    void staysSmallWithTwoHundredRuns() throws IOException {
        Shell ablate = new Shell(folder, folder.resolve("large"));
        Shell.Result run =
                ablate.run("run", "or-gate-seeds", "--offline", "--repeats", "100", "--set", "trainer.epochs=300");
        assertThat(run.code()).as(run.err()).isZero();
        Path page = folder.resolve("large.html");
        ablate.run("report", "or-gate-seeds", "--repeats", "100", "--set", "trainer.epochs=300", "-o", page.toString());
        assertThat(Files.readString(page)).contains("200 runs");
        assertThat(Files.size(page)).isLessThan(LARGEST);
    }

    @Test
    @EnabledIfSystemProperty(
            named = Chromium.PICTURES,
            matches = "true",
            disabledReason = "the pictures in docs stay as they are")
    void picturesFourReports() throws IOException {
        picture("or-gate-bias", "or-gate-bias", 2150);
        picture("sigmoid-shift", "sigmoid-shift", 1400);
        picture("virus-symptoms", "Weights by name", 500);
        picture("ice-water-steam", "What is answered where", 460);
    }

    /** Takes a picture of a report, from one of its headings on. */
    private static void picture(String name, String heading, int height) throws IOException {
        chromium.open(page(name), WIDE, false);
        chromium.ask("[...document.querySelectorAll('h1, h2, h3, h4')].find(one => one.innerText === '" + heading
                + "').scrollIntoView(); return true");
        chromium.picture("report-" + name, WIDE, height);
    }

    private static Path page(String name) {
        return Objects.requireNonNull(PAGES.get(name), name);
    }

    private static JsonObject document(String name) {
        return Objects.requireNonNull(DOCUMENTS.get(name), name);
    }

    private static List<String> effectsOf(List<JsonObject> tables) {
        List<String> effects = new ArrayList<>();
        for (JsonObject table : tables) {
            List<List<String>> rows = rows(table);
            int verdict = rows.get(0).indexOf("verdict");
            int difference = rows.get(0).indexOf("difference");
            if (verdict >= 0) {
                rows.stream().skip(1).forEach(row -> effects.add(row.get(difference) + " " + row.get(verdict)));
            }
        }
        return effects;
    }

    private static List<String> runsOf(List<JsonObject> tables, String primary) {
        List<List<String>> rows = tables.stream()
                .filter(table -> table.get("name").getAsString().equals("Every run"))
                .map(ReportPageTest::rows)
                .findFirst()
                .orElseThrow();
        List<String> header = rows.get(0);
        return rows.stream()
                .skip(1)
                .map(row -> row.get(0) + " " + row.get(header.indexOf("seed")) + " " + row.get(header.indexOf(primary))
                        + " " + row.get(header.indexOf("key")))
                .toList();
    }

    private static List<List<String>> rows(JsonObject table) {
        return table.getAsJsonArray("rows").asList().stream()
                .map(row -> row.getAsJsonArray().asList().stream()
                        .map(JsonElement::getAsString)
                        .toList())
                .toList();
    }

    /** As it stands in a table. */
    private static String number(JsonObject object, String name) {
        JsonElement value = object.get(name);
        return Numbers.rounded(value == null || value.isJsonNull() ? Double.NaN : value.getAsDouble());
    }

    private static List<Integer> counts(String script) {
        return JsonParser.parseString((String) chromium.ask(script)).getAsJsonArray().asList().stream()
                .map(JsonElement::getAsInt)
                .toList();
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.asList().stream().map(JsonElement::getAsJsonObject).toList();
    }
}
