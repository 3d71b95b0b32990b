package dev.tgsession.mtproto.rpc;

import dev.tgsession.schema.ConnectionSchema.GetConfig;
import dev.tgsession.schema.ContactsSchema.GetContacts;
import dev.tgsession.schema.ContactsSchema.GetTopPeers;
import dev.tgsession.schema.DialogSchema.GetDialogs;
import dev.tgsession.schema.PasswordSchema.GetPassword;
import dev.tgsession.schema.PhoneCodeSchema.CancelCode;
import dev.tgsession.schema.UpdatesSchema.GetState;
import dev.tgsession.schema.UserSchema.GetUsers;
import dev.tgsession.tl.TlMethod;
import java.util.Set;

/** Which calls do no harm when they happen twice: those that only ask, and those that end in the same place. */
final class Repeatable {
    private static final Set<Class<?>> HARMLESS = Set.of(
            GetConfig.class,
            GetPassword.class,
            GetState.class,
            GetUsers.class,
            CancelCode.class,
            GetContacts.class,
            GetTopPeers.class,
            GetDialogs.class);

    private Repeatable() {}

    /** Everything not known to be harmless uses up an attempt or sends a code. */
    static boolean isHarmless(TlMethod<?> method) {
        return HARMLESS.contains(method.getClass());
    }
}
