package dev.tgsession.schema;

import dev.tgsession.tl.Tl;
import dev.tgsession.tl.TlMethod;
import java.util.List;
import java.util.Optional;

/**
 * How a session introduces itself, and what it learns of the data centers.
 *
 * @see <a href="https://core.telegram.org/api/invoking">Calling API methods</a>
 */
public interface ConnectionSchema {

    // Wrappers: calls around a call.

    /**
     * Says which layer the client speaks; wraps the first call of a session.
     *
     * @param <R> what answers the call inside
     */
    @Tl("invokeWithLayer#da9b0d0d {X:Type} layer:int query:!X = X")
    record InvokeWithLayer<R>(int layer, TlMethod<R> query) implements TlMethod<R> {}

    /**
     * Says who the client is. {@code langPack} is empty for all but the official apps.
     *
     * @param <R> what answers the call inside
     */
    @Tl("initConnection#c1cd5ea9 {X:Type} flags:# api_id:int device_model:string system_version:string"
            + " app_version:string system_lang_code:string lang_pack:string lang_code:string"
            + " proxy:flags.0?InputClientProxy params:flags.1?JSONValue query:!X = X")
    record InitConnection<R>(
            int apiId,
            String deviceModel,
            String systemVersion,
            String appVersion,
            String systemLangCode,
            String langPack,
            String langCode,
            Optional<InputClientProxy> proxy,
            Optional<JsonValue> params,
            TlMethod<R> query)
            implements TlMethod<R> {}

    /** The MTProxy in between. */
    @Tl("inputClientProxy#75588b3f address:string port:int = InputClientProxy")
    record InputClientProxy(String address, int port) {}

    /**
     * Keeps updates away.
     *
     * @param <R> what answers the call inside
     */
    @Tl("invokeWithoutUpdates#bf9459b7 {X:Type} query:!X = X")
    record InvokeWithoutUpdates<R>(TlMethod<R> query) implements TlMethod<R> {}

    /**
     * Orders a call behind another one.
     *
     * @param <R> what answers the call inside
     */
    @Tl("invokeAfterMsg#cb9f372d {X:Type} msg_id:long query:!X = X")
    record InvokeAfterMsg<R>(long msgId, TlMethod<R> query) implements TlMethod<R> {}

    /**
     * Orders a call behind several.
     *
     * @param <R> what answers the call inside
     */
    @Tl("invokeAfterMsgs#3dc4b4f0 {X:Type} msg_ids:Vector<long> query:!X = X")
    record InvokeAfterMsgs<R>(List<Long> msgIds, TlMethod<R> query) implements TlMethod<R> {}

    // Data centers.

    /** Asks for {@link Config}, the usual first call. */
    @Tl("help.getConfig#c4f9186b = Config")
    record GetConfig() implements TlMethod<Config> {}

    /** What the server says of itself; times in Unix seconds. Limits and links are left out. */
    @Tl("config#cc1a241e flags:# default_p2p_contacts:flags.3?true preload_featured_stickers:flags.4?true"
            + " revoke_pm_inbox:flags.6?true blocked_mode:flags.8?true force_try_ipv6:flags.14?true date:int expires:int"
            + " test_mode:Bool this_dc:int dc_options:Vector<DcOption> dc_txt_domain_name:string chat_size_max:int"
            + " megagroup_size_max:int forwarded_count_max:int online_update_period_ms:int offline_blur_timeout_ms:int"
            + " offline_idle_timeout_ms:int online_cloud_timeout_ms:int notify_cloud_delay_ms:int"
            + " notify_default_delay_ms:int push_chat_period_ms:int push_chat_limit:int edit_time_limit:int"
            + " revoke_time_limit:int revoke_pm_time_limit:int rating_e_decay:int stickers_recent_limit:int"
            + " channels_read_media_period:int tmp_sessions:flags.0?int call_receive_timeout_ms:int"
            + " call_ring_timeout_ms:int call_connect_timeout_ms:int call_packet_timeout_ms:int me_url_prefix:string"
            + " autoupdate_url_prefix:flags.7?string gif_search_username:flags.9?string"
            + " venue_search_username:flags.10?string img_search_username:flags.11?string"
            + " static_maps_provider:flags.12?string caption_length_max:int message_length_max:int webfile_dc_id:int"
            + " suggested_lang_code:flags.2?string lang_pack_version:flags.2?int base_lang_pack_version:flags.2?int"
            + " reactions_default:flags.15?Reaction autologin_token:flags.16?string = Config")
    record Config(int date, int expires, boolean testMode, int thisDc, List<DcOption> dcOptions) {}

    /** One address of a data center. A CDN one serves files only and holds no accounts. */
    @Tl("dcOption#18b7a10d flags:# ipv6:flags.0?true media_only:flags.1?true tcpo_only:flags.2?true cdn:flags.3?true"
            + " static:flags.4?true this_port_only:flags.5?true id:int ip_address:string port:int"
            + " secret:flags.10?bytes = DcOption")
    record DcOption(
            boolean ipv6, boolean mediaOnly, boolean tcpoOnly, boolean cdn, int id, String ipAddress, int port) {}

    /** Asks which data center is near. */
    @Tl("help.getNearestDc#1fb33026 = NearestDc")
    record GetNearestDc() implements TlMethod<NearestDc> {}

    /** The country the address belongs to, and the data center for it. */
    @Tl("nearestDc#8e1a1775 country:string this_dc:int nearest_dc:int = NearestDc")
    record NearestDc(String country, int thisDc, int nearestDc) {}

    // JSON, which TL spells out.

    /** JSON as one text. */
    @Tl("dataJSON#7d748d04 data:string = DataJSON")
    record DataJson(String data) {}

    /** Any JSON value. */
    sealed interface JsonValue {}

    /** {@code null}. */
    @Tl("jsonNull#3f6d7b68 = JSONValue")
    record JsonNull() implements JsonValue {}

    /** {@code true} or {@code false}. */
    @Tl("jsonBool#c7345e6a value:Bool = JSONValue")
    record JsonBool(boolean value) implements JsonValue {}

    /** A number. */
    @Tl("jsonNumber#2be0dfa4 value:double = JSONValue")
    record JsonNumber(double value) implements JsonValue {}

    /** A text. */
    @Tl("jsonString#b71e767a value:string = JSONValue")
    record JsonString(String value) implements JsonValue {}

    /** A list. */
    @Tl("jsonArray#f7444763 value:Vector<JSONValue> = JSONValue")
    record JsonArray(List<JsonValue> value) implements JsonValue {}

    /** Keys with their values. */
    @Tl("jsonObject#99c1d49d value:Vector<JSONObjectValue> = JSONValue")
    record JsonObject(List<JsonObjectValue> value) implements JsonValue {}

    /** A key with its value. */
    @Tl("jsonObjectValue#c0de1bd9 key:string value:JSONValue = JSONObjectValue")
    record JsonObjectValue(String key, JsonValue value) {}
}
