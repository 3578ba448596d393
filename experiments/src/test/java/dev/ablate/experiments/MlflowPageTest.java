package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ablate.mlflow.delivery.ManagedMlflow;
import dev.ablate.mlflow.delivery.MlflowExtension;
import dev.ablate.mlflow.server.LocalServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * MLflow's pages as a person sees them who follows the links that the program prints, in a real browser.
 *
 * <p>The views that links open are private to MLflow's interface: what these tests hold is that its pinned version shows them. Elements
 * are found by {@code data-testid}, {@code data-component-id} and the columns of its grid, as its class names are generated.
 */
@ManagedMlflow
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Order(6)
class MlflowPageTest {

    private static final int WIDTH = 1280;
    private static final int HEIGHT = 900;

    /** A panel that the interface opens by itself, once, to whoever comes for the first time. */
    private static final String CLOSE_THE_ASSISTANT = "[data-component-id='mlflow.assistant.chat_panel.close']";

    private static final String ENDLESS = """
            version: 1
            name: endless
            dataset: { plugin: or-gate }
            trainer: { plugin: perceptron, learning_rate: 0.5, updates: 2000000000, batch: 1 }
            """;

    private static final String NOTE = "[data-testid=note-editor-preview-content]";

    /**
     * Each row of the grid of runs as its cells' texts by the headers above them, for the grid keeps the left columns apart. The
     * colour of a row is in its first text, for readers of screens alone.
     */
    private static final String ROWS = """
            const rows = [];
            document.querySelectorAll('.ag-row').forEach(row => {
              const index = Number(row.getAttribute('row-index'));
              rows[index] = rows[index] || {};
              row.querySelectorAll('.ag-cell').forEach(cell => {
                const header = document.querySelector(
                  `.ag-header-cell[aria-colindex='${cell.getAttribute('aria-colindex')}']`).innerText.trim();
                const [, colour, text] = cell.innerText.trim().match(/^(#[0-9a-f]{6})?([^]*)$/);
                rows[index][header] = text.trim().replaceAll('\\n', ' ');
                if (colour) rows[index].Colour = colour;
              });
            });
            return rows.length === %d && rows.every(row => row['Run Name']) && JSON.stringify(rows);
            """;

    /** The charts that are drawn, with the length of each curve by its colour; those further down are drawn when they are scrolled to. */
    private static final String CHARTS = """
            const hex = rgb => '#' + rgb.match(/[0-9]+/g).map(part => Number(part).toString(16).padStart(2, '0')).join('');
            const charts = [...document.querySelectorAll('[data-testid=experiment-view-compare-runs-card]')].map(card => ({
              lines: card.innerText.split('\\n'),
              curves: Object.fromEntries([...card.querySelectorAll('.scatterlayer path.js-line')]
                .filter(path => parseFloat(path.style.strokeWidth) > 0 && path.style.strokeOpacity !== '0')
                .map(path => [hex(path.style.stroke), path.getTotalLength()]))
            })).filter(chart => Object.keys(chart.curves).length > 0);
            return charts.length === 6 && JSON.stringify(charts);
            """;

    private Chromium chromium;
    private String answer;
    private String curves;
    private String comparison;

    @TempDir
    static Path folder;

    /** As the README has it, with a server that the program itself started: while it trained, be it that training never ends. */
    @BeforeAll
    void typeTheReadmesFirstCommandAndReadTheLinks() throws Exception {
        chromium = Chromium.start("MLflow's pages");
        Path endless = program().write("endless.yaml", ENDLESS);
        Process training = program().start("run", endless.toString(), "--ui");
        LocalServer server = new LocalServer(
                program().home().resolve("mlflow"), MlflowExtension.shared(), Clock.systemUTC(), Map.of());
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (server.running().isEmpty()) {
            assertThat(training.isAlive()).isTrue();
            assertThat(System.nanoTime()).as("patience has ended").isLessThan(end);
            Thread.sleep(100);
        }
        assertThat(program().run("list", "runs").out()).contains("running");
        training.destroy(); // SIGTERM
        assertThat(training.waitFor()).isEqualTo(143);
        DocumentsTest.Shown shown = DocumentsTest.Shown.inReadme("--ui");
        Ablate.Result run = program().run(shown.words().toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).matches(shown.printed());
        answer = run.out().substring(0, run.out().indexOf("\n\n")).replace('\n', ' ');
        List<String> links = Pattern.compile("http://\\S+")
                .matcher(run.out())
                .results()
                .map(MatchResult::group)
                .toList();
        assertThat(links).hasSize(2).allMatch(link -> link.startsWith("http://127.0.0.1:"));
        curves = links.get(0);
        comparison = links.get(1);
    }

    @AfterAll
    void endTheBrowserAndTheServer() {
        if (chromium == null) {
            return;
        }
        chromium.close();
        assertThat(program().run("ui", "stop").out()).isEqualTo("MLflow was stopped; its data stay.\n");
        // a run of the other comparison was ended; it was never delivered
        assertThat(program().run("status").out())
                .contains("MLflow here: all but 1 comparison (ablate ui)")
                .contains("2 runs delivered and verified");
    }

    private static Ablate program() {
        return new Ablate(folder).java("-Duser.home=" + MlflowExtension.shared().getParent());
    }

    @Test
    void thePrintedLinkOpensTheVariantsWithACurveOfEachInItsColourInEveryChartThePrimaryMetricFirst()
            throws IOException {
        open(curves);
        JsonArray rows = json(ROWS.formatted(4));

        assertThat(column(rows, "Run Name"))
                .containsExactly("Group: bias 1", "bias/seed=1", "Group: no-bias 1", "no-bias/seed=1");
        assertThat(column(rows, "Colour")).as("those of the report").containsExactly("", "#0072b2", "", "#d55e00");
        closeTheAssistant();
        chromium.click("[data-component-id='mlflow.experiment_page.shared_view.dismiss']");
        JsonArray charts = json(CHARTS);
        List<String> titles = new ArrayList<>();
        for (JsonElement chart : charts) {
            List<String> lines = texts(chart.getAsJsonObject().getAsJsonArray("lines"));
            String title = lines.get(0);
            titles.add(title);
            assertThat(lines).contains("bias/seed=1 (" + title + ")", "no-bias/seed=1 (" + title + ")");
            Map<String, JsonElement> curves =
                    chart.getAsJsonObject().getAsJsonObject("curves").asMap();
            assertThat(curves).as(title).containsOnlyKeys("#0072b2", "#d55e00");
            assertThat(curves.values()).allMatch(pixels -> pixels.getAsDouble() > 50);
        }
        assertThat(titles).as("what is compared comes first").startsWith("train/mse");
        // the charts' tools, which somebody with a mouse sees on the chart alone that is pointed at
        chromium.ask("document.querySelectorAll('.modebar').forEach(bar => bar.remove()); return true");
        chromium.picture("mlflow-or-gate", WIDTH, HEIGHT);
    }

    @Test
    void thePageOfTheComparisonAnswersInTheFirstLineOfItsNoteWithoutAClick() throws IOException {
        open(comparison);
        chromium.await("return document.querySelector('" + NOTE + " p')");

        assertThat(chromium.texts(NOTE + " p").get(0)).isEqualTo(answer).startsWith("bias: train/mse is ");
        // at both of its ends it is the line itself that the window shows, not what lies over it
        String seen = """
                const line = document.querySelector('%s p'), range = document.createRange();
                range.selectNodeContents(line);
                return [...range.getClientRects()].every(box => [box.left + 2, box.right - 2].every(x =>
                  document.elementFromPoint(x, (box.top + box.bottom) / 2) === line));
                """.formatted(NOTE);
        assertThat(chromium.ask(seen)).isEqualTo(true);
        closeTheAssistant();
        assertThat(chromium.ask(seen)).isEqualTo(true);
        assertThat(chromium.texts("[data-testid='key-value-Child runs']").get(0))
                .contains("bias/seed=1", "no-bias/seed=1");
        assertThat(chromium.text()).contains("comparison/train/mse/bias/difference");

        chromium.click("[data-testid=show-comment-toggle]");
        assertThat(squeezed(NOTE + " tbody tr"))
                .containsExactly("bias train/mse 0.0006356 0.06255 -0.06191 1 of 1 better");
        assertThat(squeezed(NOTE + " th"))
                .containsExactly("variant", "metric", "its value", "no-bias", "difference", "pairs", "verdict");
        assertThat(chromium.text()).contains("Values are of one run of each side.");
        assertThat(chromium.ask("""
                        const box = cell => {
                          const range = document.createRange(), text = cell.firstChild;
                          range.setStart(text, text.data.search(/[^\\s\\u00a0]/));
                          range.setEnd(text, text.length);
                          return range.getBoundingClientRect();
                        };
                        return [...document.querySelectorAll('%s tr')].flatMap(row => [...row.cells].slice(1).map(cell =>
                          box(cell).left - box(cell.previousElementSibling).right));
                        """.formatted(NOTE)))
                .as("pixels between the texts of two columns: MLflow leaves one or two")
                .asInstanceOf(InstanceOfAssertFactories.list(Number.class))
                .hasSize(12)
                .allMatch(pixels -> pixels.doubleValue() > 8);
        chromium.picture("mlflow-comparison", WIDTH, 600);
    }

    @Test
    void itsReportOpensInTheViewerOfArtifacts() throws IOException {
        open(comparison);
        closeTheAssistant();
        chromium.click("[role=tab][aria-controls$=artifacts], [role=tab][id$=artifacts]");
        assertThat(
                        chromium.await(
                                "return [...document.querySelectorAll('[data-testid=artifact-tree-node]')].map(node => node.innerText)"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .contains("report.html", "report.md", "runs.csv", "spec.yaml", "environment.json");
        chromium.click("[data-testid=artifact-tree-node]", "report.html");
        chromium.await("return document.querySelector('iframe')");
        List<String> seen = chromium.inFrame("iframe", () -> {
            chromium.await("const all = [...document.querySelectorAll('.canvas')];"
                    + "return all.length > 0 && all.every(canvas => canvas.querySelectorAll('svg path').length > 2)");
            return List.of(
                    chromium.texts("h1").get(0),
                    chromium.texts("header .strong").get(0));
        });

        assertThat(seen).containsExactly("or-gate-bias", answer);
        // the frame's: those about MLflow's own scripts name the server
        assertThat(chromium.messages()).noneMatch(message -> message.startsWith("blob:"));
        chromium.picture("mlflow-report", WIDTH, HEIGHT);
    }

    @Test
    void theListOfRunsNestsTheChildrenBelowTheirParentWithDataAndModelOfEach() throws IOException {
        open(curves.replaceFirst("&compareRunsMode.*", ""));
        closeTheAssistant();
        assertThat(column(json(ROWS.formatted(1)), "Run Name")).containsExactly("or-gate-bias");

        chromium.click(".ag-row [col-id*='Run Name'] button");
        JsonArray rows = json(ROWS.formatted(3));

        // MLflow sorts by start, and the two of them start together; the colours are those of the report
        assertThat(rows.asList().subList(1, 3))
                .extracting(JsonElement::getAsJsonObject)
                .extracting(row -> text(row, "Run Name"), row -> text(row, "Models"), row -> text(row, "Colour"))
                .containsExactlyInAnyOrder(
                        tuple("bias/seed=1", "bias_seed=1", "#0072b2"),
                        tuple("no-bias/seed=1", "no-bias_seed=1", "#d55e00"));
        List<String> data = column(rows, "Dataset");
        assertThat(data.get(0)).isEqualTo("-");
        assertThat(data.get(1)).matches("or-gate \\([0-9a-f]{36}\\) Train .").isEqualTo(data.get(2));
        chromium.picture("mlflow-runs", WIDTH, 480);

        // a comparison of many runs fills the page: above it is a link to the comparisons alone
        String link = (String) chromium.await(
                "const link = [...document.querySelectorAll('a')].find(a => a.innerText === 'The comparisons alone');"
                        + "return link && link.href");
        open(link);
        closeTheAssistant();
        assertThat(column(json(ROWS.formatted(1)), "Run Name")).containsExactly("or-gate-bias");
        assertThat(chromium.ask("return document.querySelectorAll(\".ag-row [col-id*='Run Name'] button\").length"))
                .as("runs to be unfolded")
                .isEqualTo(0L);
    }

    private void open(String page) {
        chromium.openAsAStranger(page, WIDTH, HEIGHT);
    }

    private void closeTheAssistant() {
        chromium.click(CLOSE_THE_ASSISTANT);
    }

    private JsonArray json(String script) {
        return JsonParser.parseString((String) chromium.await(script)).getAsJsonArray();
    }

    /** Texts with one blank where there are several. */
    private List<String> squeezed(String selector) {
        return chromium.texts(selector).stream()
                .map(text -> text.replaceAll("[\\s\\u00a0]+", " ").strip())
                .toList();
    }

    private static List<String> texts(JsonArray array) {
        return array.asList().stream().map(JsonElement::getAsString).toList();
    }

    private static List<String> column(JsonArray rows, String header) {
        return rows.asList().stream()
                .map(row -> text(row.getAsJsonObject(), header))
                .toList();
    }

    private static String text(JsonObject row, String header) {
        return row.has(header) ? row.get(header).getAsString() : "";
    }
}
