package dev.tgsession.practice;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.tl.Hidden;
import dev.tgsession.tl.Tl;
import dev.tgsession.tl.TlMethod;

/**
 * What the person with the practice phone can do, said in the way in which everything else is said here. Telegram has no
 * such methods.
 */
public interface PhoneSchema {

    /**
     * Holds the practice phone's camera in front of a QR code.
     *
     * @param token what the code says
     * @param phone the number whose phone it is; {@code 2fa} for one with a password and empty for a plain one, both of
     *     the data centre that gave the token out
     * @param verdict {@code accept}, {@code expire} or {@code reject}
     */
    @Tl("practice.scanLoginToken#f2a922ea token:bytes phone:string verdict:string = Bool")
    record ScanLoginToken(@Hidden Bytes token, String phone, String verdict) implements TlMethod<Boolean> {
        /** The token is accepted. */
        public static final String ACCEPT = "accept";

        /** The token is worthless from now on, as if its time were up. */
        public static final String EXPIRE = "expire";

        /** The person does not want that; the server forgets the token. */
        public static final String REJECT = "reject";

        @Override
        public String toString() {
            return "ScanLoginToken[hidden]";
        }
    }
}
