package dev.tgsession.practice;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.practice.Reception.Audience;
import dev.tgsession.schema.SignInSchema.Authorization;
import dev.tgsession.schema.TransferSchema.ExportAuthorization;
import dev.tgsession.schema.TransferSchema.ExportedAuthorization;
import dev.tgsession.schema.TransferSchema.ImportAuthorization;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Carries a login to another data centre, by a ticket that is good once and for a minute.
 *
 * <p>Source: <a href="https://core.telegram.org/api/datacenter#authorization-transfer">Authorization Transfer</a>.
 */
final class TransferDesk {
    private static final Duration TICKET_LIVES = Duration.ofMinutes(1);
    private static final int TICKET_SIZE = 96;
    private static final int MOST_TICKETS = 1_000;

    private final Logins logins;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Map<Bytes, Ticket> tickets = new LinkedHashMap<>();

    private record Ticket(PracticeAccount account, int dc, Instant expires) {}

    TransferDesk(Logins logins, InstantSource clock, SecureRandom random) {
        this.logins = logins;
        this.clock = clock;
        this.random = random;
    }

    void open(Reception reception) {
        reception.serve(ExportAuthorization.class, Audience.MEMBERS, this::export);
        reception.serve(ImportAuthorization.class, Audience.ANYBODY, this::take);
    }

    private ExportedAuthorization export(ExportAuthorization call, Caller caller) throws Refusal {
        if (call.dcId() < 1 || call.dcId() > PracticeAccounts.DCS) {
            throw Refusal.badRequest("DC_ID_INVALID");
        }
        PracticeAccount account = caller.login().account();
        byte[] chance = new byte[TICKET_SIZE];
        random.nextBytes(chance);
        Bytes ticket = Bytes.of(chance);
        synchronized (tickets) {
            Iterator<Bytes> oldest = tickets.keySet().iterator();
            while (tickets.size() >= MOST_TICKETS) {
                oldest.next();
                oldest.remove();
            }
            tickets.put(ticket, new Ticket(account, call.dcId(), clock.instant().plus(TICKET_LIVES)));
        }
        return new ExportedAuthorization(account.id(), ticket);
    }

    private Authorization take(ImportAuthorization call, Caller caller) throws Refusal {
        Ticket ticket;
        synchronized (tickets) {
            ticket = tickets.remove(call.bytes());
        }
        if (ticket == null || ticket.dc() != caller.dc() || !clock.instant().isBefore(ticket.expires())) {
            throw new Refusal(
                    400, "AUTH_BYTES_INVALID", "the ticket is unknown, used, a minute old, or for another data centre");
        }
        if (ticket.account().id() != call.id()) {
            throw Refusal.badRequest("USER_ID_INVALID");
        }
        synchronized (ticket.account()) {
            return logins.complete(ticket.account(), caller);
        }
    }
}
