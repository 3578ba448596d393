package dev.ablate.experiments;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
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

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    private final ChromeDriver driver;

    private Chromium(ChromeDriver driver) {
        this.driver = driver;
    }

    /** The browser and what drives it; empty where one of them is missing. */
    static Optional<Found> find() {
        Optional<Path> browser = Optional.ofNullable(System.getenv(VARIABLE))
                .map(Path::of)
                .or(() -> NAMES.stream().flatMap(name -> onPath(name).stream()).findFirst());
        return browser.flatMap(
                program -> beside(program).or(() -> onPath("chromedriver")).map(driven -> new Found(program, driven)));
    }

    /** A browser's program and its driver's. */
    record Found(Path browser, Path driver) {

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
            return new Chromium(new ChromeDriver(
                    new ChromeDriverService.Builder()
                            .usingDriverExecutable(driver.toFile())
                            .usingAnyFreePort()
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

    /** The upper part of the page as a PNG file's bytes. */
    byte[] picture(int width, int height) {
        size(width, height);
        return driver.getScreenshotAs(OutputType.BYTES);
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
