package dev.tgsession.practice;

import dev.tgsession.practice.faults.Faults;

/** A place on a client's connection, before there is a key. */
record OnLink(Link link, String about) implements Faults.Place {
    @Override
    public int dc() {
        return link.dc();
    }

    @Override
    public int connection() {
        return link.number();
    }

    @Override
    public void cut() {
        link.close();
    }

    @Override
    public long freshId() {
        return 0;
    }

    @Override
    public void newSalt() {}

    @Override
    public void forgetKey() {}

    @Override
    public void renewSession() {}
}
