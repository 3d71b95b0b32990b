package dev.tgsession.practice;

/** A place on a client's connection. */
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
}
