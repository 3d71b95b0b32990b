package dev.tgsession.cli;

import dev.tgsession.session.Session;
import java.io.IOException;

/** A database. */
record StoreHome(StoreTarget store) implements LoginHome {
    @Override
    public void save(Session session) throws IOException {
        store.save(session);
    }

    @Override
    public String place() {
        return store.place();
    }

    @Override
    public String advice() {
        return "; whoever reads it there can use the account.";
    }
}
