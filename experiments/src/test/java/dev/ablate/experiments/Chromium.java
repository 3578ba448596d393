package dev.ablate.experiments;

import static org.junit.jupiter.api.Assumptions.abort;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.ScriptTimeoutException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real browser without a window, with an empty profile of its own. */
final class Chromium implements AutoCloseable {

    /** Where the browser is, if not on the path; {@code chromedriver} is then looked for beside it first. */
    static final String VARIABLE = "ABLATE_BROWSER";

    /** Set it to put new pictures into {@code docs}. */
    static final String PICTURES = "ablate.pictures";

    /** How long a page may take to show what is waited for, on a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    private final ChromeDriver driver;

    private Chromium(ChromeDriver driver) {
        this.driver = driver;
    }

    /**
     * Starts the browser.
     *
     * <p>Without one the tests are skipped, as a person need not have it; a machine that checks changes must.
     *
     * @param tests what is skipped, as in "the tests of reports"
     */
    static Chromium start(String tests) {
        return find().orElseGet(() -> none(tests)).start();
    }

    private static Found none(String tests) {
        String missing = "no browser: install chromium and chromium-driver, or name it in " + VARIABLE;
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(missing);
        }
        // Maven counts what is skipped, and says no reason
        System.err.println("[browser] the tests of " + tests + " are skipped: " + missing);
        return abort(missing);
    }

    /** The browser and what drives it; empty where one of them is missing. */
    private static Optional<Found> find() {
        Optional<Path> browser = Optional.ofNullable(System.getenv(VARIABLE))
                .map(Path::of)
                .or(() -> NAMES.stream().flatMap(name -> onPath(name).stream()).findFirst());
        return browser.flatMap(
                program -> beside(program).or(() -> onPath("chromedriver")).map(driven -> new Found(program, driven)));
    }

    /** A browser's program and its driver's. */
    private record Found(Path browser, Path driver) {

        Chromium start() {
            LoggingPreferences logs = new LoggingPreferences();
            logs.enable(LogType.BROWSER, Level.ALL);
            logs.enable(LogType.PERFORMANCE, Level.ALL);
            ChromeOptions options = new ChromeOptions()
                    .setBinary(browser.toFile())
                    .addArguments(
                            "--headless",
                            "--no-sandbox",
                            "--disable-background-networking",
                            "--disable-dev-shm-usage",
                            "--force-device-scale-factor=1",
                            "--hide-scrollbars");
            options.setCapability("goog:loggingPrefs", logs);
            options.setScriptTimeout(PATIENCE);
            return new Chromium(new ChromeDriver(
                    new ChromeDriverService.Builder()
                            .usingDriverExecutable(driver.toFile())
                            .usingAnyFreePort()
                            // where the browser leaves a folder behind
                            .withEnvironment(Map.of("TMPDIR", System.getProperty("java.io.tmpdir")))
                            .build(),
                    options));
        }
    }

    /** Opens a page, and forgets what was said of the one before. */
    void open(Path page, int width, boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
        size(width, 900);
        messages();
        requests();
        driver.get(page.toUri().toString());
    }

    /** Opens a page of a server as somebody who was never there. */
    void openAsAStranger(String address, int width, int height) {
        size(width, height);
        // an address that differs after its # alone would not load the page again
        driver.get("about:blank");
        URI page = URI.create(address);
        driver.executeCdpCommand(
                "Storage.clearDataForOrigin",
                Map.of("origin", page.getScheme() + "://" + page.getAuthority(), "storageTypes", "local_storage"));
        messages();
        driver.get(address);
    }

    /** Waits until a script returns something that is neither null, false nor empty, and gives it. */
    Object await(String script) {
        String wait = """
                const done = arguments[arguments.length - 1];
                const look = () => {
                  const found = (() => { %s })();
                  if (found && found.length !== 0) done(found); else setTimeout(look, 50);
                };
                look();
                """.replace("%s", script);
        try {
            return askLater(wait);
        } catch (ScriptTimeoutException e) {
            throw new AssertionError("waited in vain for: " + script + "\non: " + text(), e);
        }
    }

    /** All that a person can read on the page. */
    String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    /** What a person can read in each element that a selector finds, in the order of the page. */
    List<String> texts(String selector) {
        return driver.findElements(By.cssSelector(selector)).stream()
                .map(WebElement::getText)
                .toList();
    }

    /** Waits for an element and clicks on it; what covers it would get the click, so that is an error. */
    void click(String selector) {
        await("return document.querySelector(`" + selector + "`)");
        driver.findElement(By.cssSelector(selector)).click();
    }

    /** Clicks on the one of several elements in which a person reads exactly a text. */
    void click(String selector, String text) {
        driver.findElements(By.cssSelector(selector)).stream()
                .filter(element -> element.getText().equals(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + text + " among " + texts(selector)))
                .click();
    }

    /** What is asked inside of a frame, where pages around it cannot look. */
    <T> T inFrame(String selector, Supplier<T> question) {
        driver.switchTo().frame(driver.findElement(By.cssSelector(selector)));
        try {
            return question.get();
        } finally {
            driver.switchTo().defaultContent();
        }
    }

    private void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** What the page, or the browser about the page, complained of since it was opened. */
    List<String> messages() {
        return entries(LogType.BROWSER).map(LogEntry::getMessage).toList();
    }

    /** What the page asked for since it was opened. */
    List<String> requests() {
        return entries(LogType.PERFORMANCE)
                .map(LogEntry::getMessage)
                .filter(message -> message.contains("\"Network.requestWillBeSent\""))
                .map(message -> message.replaceAll(".*\"request\":\\{.*?\"url\":\"(.*?)\".*", "$1"))
                .toList();
    }

    private Stream<LogEntry> entries(String log) {
        return StreamSupport.stream(driver.manage().logs().get(log).spliterator(), false);
    }

    /** What a script returns. */
    Object ask(String script, Object... arguments) {
        return Objects.requireNonNull(driver.executeScript(script, arguments), script);
    }

    /** What a script hands to the callback that is its last argument. */
    Object askLater(String script) {
        return Objects.requireNonNull(driver.executeAsyncScript(script), script);
    }

    /**
     * Takes a picture of what the window shows: for {@code target/screenshots}, and for the documents if they are to have new ones.
     *
     * @param name the file's name without its ending
     */
    void picture(String name, int width, int height) throws IOException {
        size(width, height);
        byte[] png = driver.getScreenshotAs(OutputType.BYTES);
        Path folder = Files.createDirectories(Ablate.SPECS.resolve("target/screenshots"));
        Files.write(folder.resolve(name + ".png"), png);
        if (Boolean.getBoolean(PICTURES)) {
            Files.write(Ablate.SPECS.resolveSibling("docs").resolve(name + ".png"), png);
        }
    }

    /**
     * Prints the page as a person does who leaves all settings as they are, without graphics in the background.
     *
     * @param width of the paper, in inches
     * @param height of the paper, in inches
     */
    byte[] print(double width, double height) {
        Map<String, Object> printed = driver.executeCdpCommand(
                "Page.printToPDF", Map.of("paperWidth", width, "paperHeight", height, "printBackground", false));
        return Base64.getDecoder().decode((String) Objects.requireNonNull(printed.get("data")));
    }

    /** How many colours an element's picture has; at the lower end of the window it would be cut off. */
    long colours(String selector) throws IOException {
        driver.executeScript("document.querySelector(arguments[0]).scrollIntoView({ block: 'center' })", selector);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(
                driver.findElement(By.cssSelector(selector)).getScreenshotAs(OutputType.BYTES)));
        return Arrays.stream(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
                .distinct()
                .count();
    }

    /** A script that lies in a jar. */
    static String script(String resource) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(Chromium.class.getClassLoader().getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }

    private static Optional<Path> beside(Path browser) {
        return Optional.of(browser.resolveSibling("chromedriver")).filter(Files::isExecutable);
    }

    private static Optional<Path> onPath(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
