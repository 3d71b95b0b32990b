package dev.tgsession.travel;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whose word is taken for who a host is: the authorities Java knows, or those in a PEM file instead. */
public final class Trust {
    private final SSLContext context;

    private Trust(SSLContext context) {
        this.context = context;
    }

    /** The authorities that come with Java. */
    public static Trust usual() {
        try {
            return new Trust(SSLContext.getDefault());
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("this Java has no TLS", broken);
        }
    }

    /**
     * Only these, as {@code AWS_CA_BUNDLE} names them for the tools of Amazon's.
     *
     * @param pem one or more certificates
     * @throws TransferException if there is none in it
     */
    public static Trust only(byte[] pem) throws TransferException {
        try {
            Collection<? extends Certificate> all =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
            if (all.isEmpty()) {
                throw noCertificate();
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate one : all) {
                store.setCertificateEntry("authority-" + store.size(), one);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return new Trust(context);
        } catch (TransferException none) {
            throw none;
        } catch (GeneralSecurityException | IOException malformed) {
            throw noCertificate();
        }
    }

    SSLContext context() {
        return context;
    }

    private static TransferException noCertificate() {
        return TransferException.address(
                "there is no certificate in the file of authorities", "AWS_CA_BUNDLE names a PEM file.");
    }
}
