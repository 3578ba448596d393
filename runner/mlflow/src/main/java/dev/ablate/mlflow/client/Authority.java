package dev.ablate.mlflow.client;

import dev.ablate.engine.tracking.TrackingException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Who vouches for a server's certificate, where it is not those whom Java trusts. */
final class Authority {

    private Authority() {}

    /**
     * Those whose certificates are in a file, in PEM, and nobody else.
     *
     * @throws TrackingException with a message for a person, if there are none in it
     */
    static SSLContext of(Path bundle) {
        try (InputStream text = Files.newInputStream(bundle)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(text)) {
                trusted.setCertificateEntry(Integer.toString(trusted.size()), certificate);
            }
            if (trusted.size() == 0) {
                throw unusable(bundle, "there is no certificate in it", null);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            return context(managers.getTrustManagers());
        } catch (IOException e) {
            throw unusable(bundle, "it cannot be read", e);
        } catch (GeneralSecurityException e) {
            throw unusable(bundle, "it is not a certificate", e);
        }
    }

    private static TrackingException unusable(Path bundle, String reason, @Nullable Throwable cause) {
        return new TrackingException(
                "MLFLOW_TRACKING_SERVER_CERT_PATH must be a file of certificates in PEM, got " + bundle + ": " + reason,
                cause);
    }

    /** Everybody. */
    static SSLContext anyone() {
        try {
            return context(new TrustManager[] {new Trusting()});
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext context(TrustManager[] managers) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers, null);
        return context;
    }

    /** Takes any certificate for any host; the extended kind, as others have their host checked all the same. */
    private static final class Trusting extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
