package dev.tgsession.cli;

import dev.tgsession.cli.terminal.EndOfInputException;
import dev.tgsession.cli.terminal.HungUpException;
import dev.tgsession.cli.terminal.NoConsoleException;
import dev.tgsession.crypto.FailedCheckException;
import dev.tgsession.login.LoginRefusedException;
import dev.tgsession.login.PersonInterruptedException;
import dev.tgsession.mtproto.handshake.HandshakeException;
import dev.tgsession.mtproto.rpc.AnswerLostException;
import dev.tgsession.mtproto.rpc.RefusedTooOftenException;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.UnwritableSessionException;
import dev.tgsession.session.store.SessionExistsException;
import dev.tgsession.session.store.SessionInUseException;
import dev.tgsession.session.store.StoreException;
import dev.tgsession.session.store.StoreUnreachableException;
import dev.tgsession.tl.MalformedTlException;
import dev.tgsession.transport.MalformedPacketException;
import dev.tgsession.transport.TransportRefusedException;
import dev.tgsession.travel.TransferException;
import dev.tgsession.travel.WrongPassphraseException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Optional;

/**
 * What went wrong, in words a person can use.
 *
 * @param code what the shell gets
 * @param sentence what happened; empty if there is nothing to say, or nobody to say it to
 * @param hint what to try next
 */
record Complaint(ExitCode code, Optional<String> sentence, Optional<String> hint) {
    private static final String ELSEWHERE =
            "Look whether this machine reaches the internet; --ipv6 and --transport try other ways.";
    private static final String LATER = "Try again in some minutes.";

    /** The same on a certain host, which has its own way to a prompt. */
    static Complaint about(Throwable trouble, Host host) {
        return trouble instanceof NoConsoleException ? aboutSilence(words(trouble), host) : about(trouble);
    }

    /** Turns an exception into words; the only place that does. */
    static Complaint about(Throwable trouble) {
        if (trouble instanceof Refusal refusal) {
            return new Complaint(refusal.code(), Optional.of(words(refusal)), refusal.hint());
        }
        if (trouble instanceof LoginRefusedException refused) {
            return new Complaint(codeOf(refused.kind()), Optional.of(refused.sentence()), refused.hint());
        }
        if (trouble instanceof IOException failed) {
            return aboutConsole(failed)
                    .or(() -> aboutSecurity(failed))
                    .or(() -> aboutSession(failed))
                    .or(() -> aboutNetwork(failed))
                    .orElseGet(() -> aboutFile(failed));
        }
        return of(
                ExitCode.FAILED,
                "This is a mistake in tgsession: " + trouble.getClass().getSimpleName() + ".",
                "Please report it, with what --debug prints.");
    }

    private static Optional<Complaint> aboutConsole(IOException failed) {
        if (failed instanceof NoConsoleException) {
            return Optional.of(aboutSilence(words(failed), Host.of(Map.of(), file -> false, folder -> true)));
        }
        if (failed instanceof EndOfInputException) {
            return found(
                    ExitCode.END_OF_INPUT,
                    "The input ended before the last answer.",
                    "On a pipe, give each answer a line of its own, in the order of the questions.");
        }
        if (failed instanceof PersonInterruptedException) {
            return found(ExitCode.INTERRUPTED, "Interrupted; nothing was saved.", "");
        }
        if (failed instanceof HungUpException) {
            return Optional.of(new Complaint(ExitCode.HUNG_UP, Optional.empty(), Optional.empty()));
        }
        return Optional.empty();
    }

    /** Where processes are started by a machine, another try would end the same way, and a script should know. */
    private static Complaint aboutSilence(String why, Host host) {
        ExitCode code = host.startsByItself() ? ExitCode.WRONG_PROCESS : ExitCode.NO_CONSOLE;
        return of(code, "Nobody can answer here: " + why + ".", host.advice());
    }

    private static Optional<Complaint> aboutSecurity(IOException failed) {
        boolean check = failed instanceof FailedCheckException;
        boolean nonsense = failed instanceof MalformedTlException || failed instanceof MalformedPacketException;
        if (!check && !nonsense) {
            return Optional.empty();
        }
        // A packet that is none may be an accident of the line, so another line was tried before.
        boolean accident = failed instanceof MalformedPacketException;
        return found(
                ExitCode.SECURITY,
                "The server does not pass a check (" + words(failed) + ").",
                (accident ? "Nothing was saved." : "Nothing more was sent to it and nothing was saved.")
                        + " Somebody may be in between: try another network.");
    }

    private static Optional<Complaint> aboutSession(IOException failed) {
        if (failed instanceof SessionExistsException exists) {
            return found(ExitCode.WOULD_OVERWRITE, words(exists) + ".", exists.hint());
        }
        if (failed instanceof MalformedSessionException malformed) {
            return found(ExitCode.BAD_FILE, words(malformed), malformed.hint());
        }
        if (failed instanceof WrongPassphraseException wrong) {
            return found(ExitCode.BAD_FILE, words(wrong), wrong.hint());
        }
        if (failed instanceof UnwritableSessionException unwritable) {
            return found(ExitCode.FAILED, words(unwritable), unwritable.hint());
        }
        if (failed instanceof SessionInUseException used) {
            return found(ExitCode.IN_USE, upper(words(used)) + ".", used.hint() + " --steal takes it over.");
        }
        if (failed instanceof StoreUnreachableException gone) {
            return found(ExitCode.NETWORK, upper(words(gone)) + ".", gone.hint());
        }
        if (failed instanceof StoreException store) {
            return found(ExitCode.BAD_FILE, words(store) + ".", store.hint());
        }
        return Optional.empty();
    }

    private static Optional<Complaint> aboutNetwork(IOException failed) {
        if (failed instanceof TransferException transfer) {
            return found(codeOf(transfer.kind()), upper(words(transfer)) + ".", transfer.hint());
        }
        if (failed instanceof TransportRefusedException refused) {
            return Optional.of(aboutTransport(refused));
        }
        if (failed instanceof UnknownHostException) {
            return found(ExitCode.NETWORK, "There is no server called " + words(failed) + ".", ELSEWHERE);
        }
        if (failed instanceof SocketTimeoutException) {
            return found(
                    ExitCode.NETWORK, "The server does not answer in time.", ELSEWHERE + " --timeout waits longer.");
        }
        if (failed instanceof ConnectException || failed instanceof SocketException) {
            return found(ExitCode.NETWORK, "The server cannot be reached: " + words(failed) + ".", ELSEWHERE);
        }
        if (failed instanceof EOFException) {
            return found(ExitCode.NETWORK, "The server hung up.", ELSEWHERE);
        }
        boolean inVain = failed instanceof HandshakeException
                || failed instanceof AnswerLostException
                || failed instanceof RefusedTooOftenException;
        if (inVain) {
            return found(ExitCode.NETWORK, "The connection came to nothing: " + words(failed) + ".", LATER);
        }
        return Optional.empty();
    }

    private static Complaint aboutTransport(TransportRefusedException refused) {
        String error = " (transport error " + refused.code() + ").";
        return switch (refused.code()) {
            case TransportRefusedException.NOT_FOUND ->
                of(
                        ExitCode.NETWORK,
                        "The server does not know the key of this connection any more" + error,
                        "Begin again. A code that was sent for it is of no use any more.");
            case TransportRefusedException.FLOOD ->
                of(ExitCode.NETWORK, "The server wants fewer connections from here" + error, LATER);
            case TransportRefusedException.WRONG_DATA_CENTER ->
                of(
                        ExitCode.NETWORK,
                        "The server is another data center than the one that was meant" + error,
                        "With --server, --dc says which data center it is.");
            default -> of(ExitCode.NETWORK, "The server hangs up: " + words(refused) + ".", ELSEWHERE);
        };
    }

    private static Complaint aboutFile(IOException failed) {
        if (failed instanceof NoSuchFileException missing) {
            return of(ExitCode.BAD_FILE, missing.getFile() + " is not there.", "Check the name.");
        }
        if (failed instanceof AccessDeniedException denied) {
            String reason = denied.getReason() == null ? "may not be opened" : denied.getReason();
            return of(ExitCode.BAD_FILE, denied.getFile() + " " + reason + ".", "Check who it belongs to.");
        }
        if (failed instanceof FileSystemException file) {
            String reason = file.getReason() == null ? "cannot be used" : file.getReason();
            return of(ExitCode.BAD_FILE, file.getFile() + ": " + reason + ".", "");
        }
        return of(ExitCode.FAILED, "It did not work: " + words(failed) + ".", "--debug tells more.");
    }

    private static ExitCode codeOf(LoginRefusedException.Kind kind) {
        return switch (kind) {
            case FAILED, API_CREDENTIALS, GIVEN_UP -> ExitCode.FAILED;
            case NOT_AUTHORISED -> ExitCode.NOT_AUTHORISED;
            case FLOOD_WAIT -> ExitCode.FLOOD_WAIT;
            case BANNED -> ExitCode.BANNED;
        };
    }

    private static ExitCode codeOf(TransferException.Kind kind) {
        return switch (kind) {
            case ADDRESS -> ExitCode.USAGE;
            case UNREACHABLE -> ExitCode.NETWORK;
            case UNTRUSTED -> ExitCode.SECURITY;
            case REFUSED -> ExitCode.FAILED;
            case MISSING, TOO_LARGE -> ExitCode.BAD_FILE;
        };
    }

    private static Optional<Complaint> found(ExitCode code, String sentence, String hint) {
        return Optional.of(of(code, sentence, hint));
    }

    private static Complaint of(ExitCode code, String sentence, String hint) {
        return new Complaint(code, Optional.of(sentence), hint.isEmpty() ? Optional.empty() : Optional.of(hint));
    }

    private static String upper(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }

    private static String words(Throwable trouble) {
        String message = trouble.getMessage();
        return message == null || message.isBlank() ? trouble.getClass().getSimpleName() : message;
    }
}
