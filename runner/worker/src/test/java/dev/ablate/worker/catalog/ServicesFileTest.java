package dev.ablate.worker.catalog;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ServicesFileTest {

    @Test
    @Timeout(60)
    void aFileThatUnpacksToMuchMoreThanNamesIsNotReadToItsEnd() throws IOException {
        URL endless = new URL(null, "endless:/" + ServicesFile.PATH, new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL url) {
                return new Endless(url);
            }
        });
        assertThatThrownBy(() -> ServicesFile.read(endless))
                .isInstanceOf(PluginException.class)
                .hasMessageEndingWith("cannot be read: " + ServicesFile.PATH
                        + " has more than 64 KiB, and should hold a class's name a line");
    }

    private static final class Endless extends URLConnection {
        Endless(URL url) {
            super(url);
        }

        @Override
        public void connect() {}

        @Override
        public InputStream getInputStream() {
            return new InputStream() {
                @Override
                public int read() {
                    return '#';
                }
            };
        }
    }
}
