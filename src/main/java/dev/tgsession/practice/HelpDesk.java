package dev.tgsession.practice;

import dev.tgsession.practice.PracticeSchema.AppConfig;
import dev.tgsession.practice.PracticeSchema.GetAppConfig;
import dev.tgsession.practice.PracticeSchema.GetTermsOfServiceUpdate;
import dev.tgsession.practice.PracticeSchema.OldGetAppConfig;
import dev.tgsession.practice.PracticeSchema.TermsOfServiceUpdateEmpty;
import dev.tgsession.practice.Reception.Audience;
import dev.tgsession.schema.ConnectionSchema.Config;
import dev.tgsession.schema.ConnectionSchema.DcOption;
import dev.tgsession.schema.ConnectionSchema.GetConfig;
import dev.tgsession.schema.ConnectionSchema.GetNearestDc;
import dev.tgsession.schema.ConnectionSchema.JsonObject;
import dev.tgsession.schema.ConnectionSchema.NearestDc;
import dev.tgsession.schema.SignInSchema.AcceptTermsOfService;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Tells clients where they are and what else there is. */
final class HelpDesk {
    private static final int HOUR = 3600;

    private final InstantSource clock;
    private final Supplier<List<InetSocketAddress>> addresses;

    /** @param addresses where the data centres listen, the first one first */
    HelpDesk(InstantSource clock, Supplier<List<InetSocketAddress>> addresses) {
        this.clock = clock;
        this.addresses = addresses;
    }

    void open(Reception reception) {
        reception.serve(GetConfig.class, Audience.UNBOUND_TOO, (call, caller) -> config(caller));
        reception.serve(
                GetNearestDc.class,
                Audience.UNBOUND_TOO,
                (call, caller) -> new NearestDc("US", caller.dc(), caller.dc()));
        // An empty object, never "not modified": TDLib takes that as a first answer for an error.
        reception.serve(
                GetAppConfig.class, Audience.ANYBODY, (call, caller) -> new AppConfig(1, new JsonObject(List.of())));
        reception.serve(OldGetAppConfig.class, Audience.ANYBODY, (call, caller) -> new JsonObject(List.of()));
        reception.serve(
                GetTermsOfServiceUpdate.class,
                Audience.ANYBODY,
                (call, caller) -> new TermsOfServiceUpdateEmpty(now() + HOUR));
        reception.serve(AcceptTermsOfService.class, Audience.MEMBERS, (call, caller) -> true);
    }

    private Config config(Caller caller) {
        List<DcOption> options = new ArrayList<>();
        for (InetSocketAddress address : addresses.get()) {
            options.add(new DcOption(
                    false,
                    false,
                    false,
                    false,
                    options.size() + 1,
                    address.getAddress().getHostAddress(),
                    address.getPort()));
        }
        // this_dc must be what the client believes: TDLib asks again without pause if it is not.
        return new Config(now(), now() + HOUR, caller.test(), caller.dc(), options);
    }

    private int now() {
        return (int) clock.instant().getEpochSecond();
    }
}
