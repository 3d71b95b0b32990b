package dev.tgsession.schema;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.schema.SignInSchema.Authorization;
import dev.tgsession.tl.Hidden;
import dev.tgsession.tl.Tl;
import dev.tgsession.tl.TlMethod;
import java.util.List;
import java.util.Optional;

/**
 * How a code is sent to the owner of a phone number.
 *
 * @see <a href="https://core.telegram.org/api/auth">User authorization</a>
 */
public interface PhoneCodeSchema {

    /** Sends a code. */
    @Tl("auth.sendCode#a677244f phone_number:string api_id:int api_hash:string settings:CodeSettings = auth.SentCode")
    record SendCode(String phoneNumber, int apiId, @Hidden String apiHash, CodeSettings settings)
            implements TlMethod<SentCode> {
        @Override
        public String toString() {
            return "SendCode[hidden]";
        }
    }

    /** Which ways of sending the client can use; {@code logoutTokens} may save the code altogether. */
    @Tl("codeSettings#ad253d78 flags:# allow_flashcall:flags.0?true current_number:flags.1?true"
            + " allow_app_hash:flags.4?true allow_missed_call:flags.5?true allow_firebase:flags.7?true"
            + " unknown_number:flags.9?true logout_tokens:flags.6?Vector<bytes> token:flags.8?string"
            + " app_sandbox:flags.8?Bool = CodeSettings")
    record CodeSettings(
            boolean allowFlashcall,
            boolean currentNumber,
            boolean allowAppHash,
            boolean allowMissedCall,
            boolean allowFirebase,
            boolean unknownNumber,
            @Hidden Optional<List<Bytes>> logoutTokens,
            @Hidden Optional<String> token,
            Optional<Boolean> appSandbox) {
        /** Settings that allow nothing special. */
        public static CodeSettings none() {
            return new CodeSettings(
                    false, false, false, false, false, false, Optional.empty(), Optional.empty(), Optional.empty());
        }

        @Override
        public String toString() {
            return "CodeSettings[hidden]";
        }
    }

    /** What became of a wish for a code. */
    sealed interface SentCode {}

    /** It is on its way; {@code timeout} is the number of seconds after which {@code nextType} may be asked for. */
    @Tl("auth.sentCode#5e002502 flags:# type:auth.SentCodeType phone_code_hash:string next_type:flags.1?auth.CodeType"
            + " timeout:flags.2?int = auth.SentCode")
    record PlainSentCode(
            SentCodeType type, @Hidden String phoneCodeHash, Optional<CodeType> nextType, Optional<Integer> timeout)
            implements SentCode {
        @Override
        public String toString() {
            return "PlainSentCode[" + type + ", hidden]";
        }
    }

    /** No code needed: a logout token has opened the account. */
    @Tl("auth.sentCodeSuccess#2390fe44 authorization:auth.Authorization = auth.SentCode")
    record SentCodeSuccess(Authorization authorization) implements SentCode {}

    /** A code to this number costs money; {@code amount} in the smallest unit of the currency. */
    @Tl("auth.sentCodePaymentRequired#f8827ebf store_product:string phone_code_hash:string"
            + " support_email_address:string support_email_subject:string premium_days:int currency:string amount:long"
            + " = auth.SentCode")
    record SentCodePaymentRequired(
            String storeProduct,
            @Hidden String phoneCodeHash,
            String supportEmailAddress,
            String supportEmailSubject,
            int premiumDays,
            String currency,
            long amount)
            implements SentCode {
        @Override
        public String toString() {
            return "SentCodePaymentRequired[hidden]";
        }
    }

    /** The way the code took. */
    sealed interface SentCodeType {}

    /** A message in Telegram on another device. */
    @Tl("auth.sentCodeTypeApp#3dbb5986 length:int = auth.SentCodeType")
    record SentCodeTypeApp(int length) implements SentCodeType {}

    /** An SMS. */
    @Tl("auth.sentCodeTypeSms#c000bba2 length:int = auth.SentCodeType")
    record SentCodeTypeSms(int length) implements SentCodeType {}

    /** A voice on the phone. */
    @Tl("auth.sentCodeTypeCall#5353e5a7 length:int = auth.SentCodeType")
    record SentCodeTypeCall(int length) implements SentCodeType {}

    /** A call to hang up on: the number that calls is the code. */
    @Tl("auth.sentCodeTypeFlashCall#ab03c6d9 pattern:string = auth.SentCodeType")
    record SentCodeTypeFlashCall(String pattern) implements SentCodeType {}

    /** The same, of which only the last {@code length} digits count. */
    @Tl("auth.sentCodeTypeMissedCall#82006484 prefix:string length:int = auth.SentCodeType")
    record SentCodeTypeMissedCall(String prefix, int length) implements SentCodeType {}

    /** An e-mail; the pattern shows a part of the address. The period is in seconds, the date in Unix seconds. */
    @Tl("auth.sentCodeTypeEmailCode#f450f59b flags:# apple_signin_allowed:flags.0?true"
            + " google_signin_allowed:flags.1?true email_pattern:string length:int"
            + " reset_available_period:flags.3?int reset_pending_date:flags.4?int = auth.SentCodeType")
    record SentCodeTypeEmailCode(
            boolean appleSigninAllowed,
            boolean googleSigninAllowed,
            String emailPattern,
            int length,
            Optional<Integer> resetAvailablePeriod,
            Optional<Integer> resetPendingDate)
            implements SentCodeType {}

    /** None yet: an e-mail address has to be set first. */
    @Tl("auth.sentCodeTypeSetUpEmailRequired#a5491dea flags:# apple_signin_allowed:flags.0?true"
            + " google_signin_allowed:flags.1?true = auth.SentCodeType")
    record SentCodeTypeSetUpEmailRequired(boolean appleSigninAllowed, boolean googleSigninAllowed)
            implements SentCodeType {}

    /** A message on fragment.com, for numbers that were bought there. */
    @Tl("auth.sentCodeTypeFragmentSms#d9565c39 url:string length:int = auth.SentCodeType")
    record SentCodeTypeFragmentSms(String url, int length) implements SentCodeType {}

    /** An SMS by way of Firebase, for official apps. */
    @Tl("auth.sentCodeTypeFirebaseSms#9fd736 flags:# nonce:flags.0?bytes play_integrity_project_id:flags.2?long"
            + " play_integrity_nonce:flags.2?bytes receipt:flags.1?string push_timeout:flags.1?int length:int"
            + " = auth.SentCodeType")
    record SentCodeTypeFirebaseSms(
            Optional<Bytes> nonce,
            Optional<Long> playIntegrityProjectId,
            Optional<Bytes> playIntegrityNonce,
            Optional<String> receipt,
            Optional<Integer> pushTimeout,
            int length)
            implements SentCodeType {}

    /** An SMS with one word, beginning as said. */
    @Tl("auth.sentCodeTypeSmsWord#a416ac81 flags:# beginning:flags.0?string = auth.SentCodeType")
    record SentCodeTypeSmsWord(Optional<String> beginning) implements SentCodeType {}

    /** An SMS with several words, beginning as said. */
    @Tl("auth.sentCodeTypeSmsPhrase#b37794af flags:# beginning:flags.0?string = auth.SentCodeType")
    record SentCodeTypeSmsPhrase(Optional<String> beginning) implements SentCodeType {}

    /** The way the next code would take. */
    sealed interface CodeType {}

    /** An SMS. */
    @Tl("auth.codeTypeSms#72a3158c = auth.CodeType")
    record CodeTypeSms() implements CodeType {}

    /** A voice on the phone. */
    @Tl("auth.codeTypeCall#741cd3e3 = auth.CodeType")
    record CodeTypeCall() implements CodeType {}

    /** A call to hang up on. */
    @Tl("auth.codeTypeFlashCall#226ccefb = auth.CodeType")
    record CodeTypeFlashCall() implements CodeType {}

    /** A call of which the last digits count. */
    @Tl("auth.codeTypeMissedCall#d61ad6ee = auth.CodeType")
    record CodeTypeMissedCall() implements CodeType {}

    /** A message on fragment.com. */
    @Tl("auth.codeTypeFragmentSms#6ed998c = auth.CodeType")
    record CodeTypeFragmentSms() implements CodeType {}

    /** Sends the code again, in the way that was named as next. */
    @Tl("auth.resendCode#cae47523 flags:# phone_number:string phone_code_hash:string reason:flags.0?string"
            + " = auth.SentCode")
    record ResendCode(String phoneNumber, @Hidden String phoneCodeHash, Optional<String> reason)
            implements TlMethod<SentCode> {
        @Override
        public String toString() {
            return "ResendCode[hidden]";
        }
    }

    /** Makes the code worthless. */
    @Tl("auth.cancelCode#1f040578 phone_number:string phone_code_hash:string = Bool")
    record CancelCode(String phoneNumber, @Hidden String phoneCodeHash) implements TlMethod<Boolean> {
        @Override
        public String toString() {
            return "CancelCode[hidden]";
        }
    }

    /** Tells that no SMS came; {@code mnc} is the code of the mobile network. */
    @Tl("auth.reportMissingCode#cb9deff6 phone_number:string phone_code_hash:string mnc:string = Bool")
    record ReportMissingCode(String phoneNumber, @Hidden String phoneCodeHash, String mnc)
            implements TlMethod<Boolean> {
        @Override
        public String toString() {
            return "ReportMissingCode[hidden]";
        }
    }

    /** Asks for an SMS instead of an e-mail nobody can read any more; may take days. */
    @Tl("auth.resetLoginEmail#7e960193 phone_number:string phone_code_hash:string = auth.SentCode")
    record ResetLoginEmail(String phoneNumber, @Hidden String phoneCodeHash) implements TlMethod<SentCode> {
        @Override
        public String toString() {
            return "ResetLoginEmail[hidden]";
        }
    }
}
