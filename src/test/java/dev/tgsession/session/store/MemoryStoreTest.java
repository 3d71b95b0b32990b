package dev.tgsession.session.store;

/** A store that lasts as long as the program. */
class MemoryStoreTest extends StoreContract {
    private final SessionStore store = SessionStores.inMemory();

    @Override
    SessionStore open() {
        return store;
    }
}
