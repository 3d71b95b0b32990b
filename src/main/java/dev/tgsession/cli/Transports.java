package dev.tgsession.cli;

import dev.tgsession.transport.TransportChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the transports are called on the command line: {@code obfuscated-intermediate}, {@code full} and so on. */
final class Transports {
    private Transports() {}

    static Optional<TransportChoice> named(String name) {
        for (TransportChoice choice : TransportChoice.all()) {
            if (nameOf(choice).equals(name)) {
                return Optional.of(choice);
            }
        }
        return Optional.empty();
    }

    /** The one that was asked for, or the usual one. */
    static TransportChoice chosen(Optional<String> name) throws Refusal {
        if (name.isEmpty()) {
            return TransportChoice.DEFAULT;
        }
        return named(name.get())
                .orElseThrow(() -> new Refusal(
                        ExitCode.USAGE,
                        "There is no transport called " + name.get() + ".",
                        "There are " + String.join(", ", names()) + "."));
    }

    static String nameOf(TransportChoice choice) {
        return choice.toString().replace(' ', '-');
    }

    static List<String> names() {
        List<String> names = new ArrayList<>();
        for (TransportChoice choice : TransportChoice.all()) {
            names.add(nameOf(choice));
        }
        return names;
    }
}
