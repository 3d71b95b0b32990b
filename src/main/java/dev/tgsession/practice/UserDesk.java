package dev.tgsession.practice;

import dev.tgsession.practice.PracticeSchema.DifferenceEmpty;
import dev.tgsession.practice.PracticeSchema.GetDifference;
import dev.tgsession.practice.PracticeSchema.GetFullUser;
import dev.tgsession.practice.PracticeSchema.OldUserFull;
import dev.tgsession.practice.PracticeSchema.PeerSettings;
import dev.tgsession.practice.PracticeSchema.UserFull;
import dev.tgsession.practice.PracticeSchema.UsersUserFull;
import dev.tgsession.practice.Reception.Audience;
import dev.tgsession.schema.DialogSchema.PeerNotifySettings;
import dev.tgsession.schema.UpdatesSchema.GetState;
import dev.tgsession.schema.UpdatesSchema.UpdatesState;
import dev.tgsession.schema.UserSchema.GetUsers;
import dev.tgsession.schema.UserSchema.InputUser;
import dev.tgsession.schema.UserSchema.InputUserSelf;
import dev.tgsession.schema.UserSchema.PlainInputUser;
import dev.tgsession.schema.UserSchema.PlainUser;
import dev.tgsession.schema.UserSchema.User;
import dev.tgsession.schema.UserSchema.UserEmpty;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Tells people who they are, and that nothing has happened since. */
final class UserDesk {
    /** The first layer in which {@code users.getFullUser} is answered by {@code users.userFull}. */
    private static final int USER_BESIDE_FULL_USER = 135;

    private final PracticeAccounts accounts;
    private final InstantSource clock;

    UserDesk(PracticeAccounts accounts, InstantSource clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    void open(Reception reception) {
        reception.serve(GetUsers.class, Audience.MEMBERS, this::users);
        reception.serve(GetFullUser.class, Audience.MEMBERS, this::fullUser);
        reception.serve(GetState.class, Audience.MEMBERS, (call, caller) -> new UpdatesState(1, 0, now(), 1, 0));
        reception.serve(GetDifference.class, Audience.MEMBERS, (call, caller) -> new DifferenceEmpty(now(), 1));
    }

    private List<User> users(GetUsers call, Caller caller) throws Refusal {
        PracticeAccount self = caller.login().account();
        List<User> users = new ArrayList<>();
        for (InputUser each : call.id()) {
            users.add(user(each, self));
        }
        return users;
    }

    private User user(InputUser pointer, PracticeAccount self) {
        if (pointer instanceof InputUserSelf) {
            return userOf(self, true);
        }
        if (pointer instanceof PlainInputUser other) {
            return accounts.ofId(other.userId())
                    .<User>map(account -> userOf(account, account == self))
                    .orElseGet(() -> new UserEmpty(other.userId()));
        }
        return new UserEmpty(0);
    }

    private static PlainUser userOf(PracticeAccount account, boolean self) {
        synchronized (account) {
            return account.user(self);
        }
    }

    private Object fullUser(GetFullUser call, Caller caller) throws Refusal {
        User user = user(call.id(), caller.login().account());
        if (user instanceof UserEmpty) {
            throw Refusal.badRequest("USER_ID_INVALID");
        }
        PeerSettings settings = new PeerSettings();
        PeerNotifySettings notifySettings = new PeerNotifySettings();
        return caller.layer() < USER_BESIDE_FULL_USER
                ? new OldUserFull(user, settings, notifySettings)
                : new UsersUserFull(new UserFull(user.id(), settings, notifySettings), List.of(user));
    }

    private int now() {
        return (int) clock.instant().getEpochSecond();
    }
}
