package dev.tgsession.mtproto.handshake;

/** A client broke a rule of the key exchange; the message says in plain words which. For the server's side. */
public final class ClientFaultException extends Exception {
    /** What the client did, such as {@code "req_DH_params: p times q is not pq"}. */
    public ClientFaultException(String message) {
        super(message);
    }
}
