package dev.tgsession.schema;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.tl.Hidden;
import dev.tgsession.tl.Tl;
import dev.tgsession.tl.TlMethod;
import java.util.List;

/**
 * MTProto itself: how a key is made, and the service messages around calls.
 *
 * <p>Its schema says {@code string} for bytes too. Numbers of the key exchange ({@code pq}, {@code g_a}, …) are
 * big-endian. Containers and {@code rpc_result} are not here: their content has a length of its own and is read by hand.
 *
 * @see <a href="https://core.telegram.org/mtproto/auth_key">Creating an authorization key</a>
 * @see <a href="https://core.telegram.org/mtproto/service_messages">Service messages</a>
 */
public interface MtprotoSchema {

    // A key is made.

    /** Begins a key exchange; {@code nonce} is chance and names the exchange. */
    @Tl("req_pq_multi#be7e8ef1 nonce:int128 = ResPQ")
    record ReqPqMulti(Bytes nonce) implements TlMethod<ResPq> {}

    /** How an exchange began in the past; old clients may still send it. */
    @Tl("req_pq#60469778 nonce:int128 = ResPQ")
    record ReqPq(Bytes nonce) implements TlMethod<ResPq> {}

    /** A number to factor, and the RSA keys the server has. */
    @Tl("resPQ#05162463 nonce:int128 server_nonce:int128 pq:string"
            + " server_public_key_fingerprints:Vector<long> = ResPQ")
    record ResPq(Bytes nonce, Bytes serverNonce, Bytes pq, List<Long> serverPublicKeyFingerprints) {}

    /** What the client encrypts with RSA. */
    sealed interface PqInnerData {
        Bytes pq();

        Bytes p();

        Bytes q();

        Bytes nonce();

        Bytes serverNonce();

        /** 32 bytes of chance, a secret until the key is made. */
        Bytes newNonce();
    }

    /** For a permanent key. {@code dc} is the id of the data center, plus 10000 for a test one, negative for media. */
    @Tl("p_q_inner_data_dc#a9f55f95 pq:string p:string q:string nonce:int128 server_nonce:int128 new_nonce:int256"
            + " dc:int = P_Q_inner_data")
    record PqInnerDataDc(
            Bytes pq,
            Bytes p,
            Bytes q,
            Bytes nonce,
            Bytes serverNonce,
            @Hidden Bytes newNonce,
            int dc) implements PqInnerData {
        @Override
        public String toString() {
            return "PqInnerDataDc[hidden]";
        }
    }

    /** For a key that dies after {@code expiresIn} seconds. */
    @Tl("p_q_inner_data_temp_dc#56fddf88 pq:string p:string q:string nonce:int128 server_nonce:int128"
            + " new_nonce:int256 dc:int expires_in:int = P_Q_inner_data")
    record PqInnerDataTempDc(
            Bytes pq,
            Bytes p,
            Bytes q,
            Bytes nonce,
            Bytes serverNonce,
            @Hidden Bytes newNonce,
            int dc,
            int expiresIn) implements PqInnerData {
        @Override
        public String toString() {
            return "PqInnerDataTempDc[hidden]";
        }
    }

    /** Of the past, without data center. */
    @Tl("p_q_inner_data#83c95aec pq:string p:string q:string nonce:int128 server_nonce:int128 new_nonce:int256"
            + " = P_Q_inner_data")
    record PlainPqInnerData(
            Bytes pq,
            Bytes p,
            Bytes q,
            Bytes nonce,
            Bytes serverNonce,
            @Hidden Bytes newNonce) implements PqInnerData {
        @Override
        public String toString() {
            return "PlainPqInnerData[hidden]";
        }
    }

    /** Of the past, for a key that dies after {@code expiresIn} seconds. */
    @Tl("p_q_inner_data_temp#3c6a84d4 pq:string p:string q:string nonce:int128 server_nonce:int128"
            + " new_nonce:int256 expires_in:int = P_Q_inner_data")
    record PqInnerDataTemp(
            Bytes pq,
            Bytes p,
            Bytes q,
            Bytes nonce,
            Bytes serverNonce,
            @Hidden Bytes newNonce,
            int expiresIn) implements PqInnerData {
        @Override
        public String toString() {
            return "PqInnerDataTemp[hidden]";
        }
    }

    /** The factors, and {@link PqInnerData} under the key of that fingerprint. */
    @Tl("req_DH_params#d712e4be nonce:int128 server_nonce:int128 p:string q:string public_key_fingerprint:long"
            + " encrypted_data:string = Server_DH_Params")
    record ReqDhParams(Bytes nonce, Bytes serverNonce, Bytes p, Bytes q, long publicKeyFingerprint, Bytes encryptedData)
            implements TlMethod<ServerDhParams> {}

    /** Whether the server goes on. */
    sealed interface ServerDhParams {
        Bytes nonce();

        Bytes serverNonce();
    }

    /** It does; {@link ServerDhInnerData} is inside. */
    @Tl("server_DH_params_ok#d0e8075c nonce:int128 server_nonce:int128 encrypted_answer:string = Server_DH_Params")
    record ServerDhParamsOk(Bytes nonce, Bytes serverNonce, Bytes encryptedAnswer) implements ServerDhParams {}

    /** It does not. Servers of today rather answer with the transport error −404. */
    @Tl("server_DH_params_fail#79cb045d nonce:int128 server_nonce:int128 new_nonce_hash:int128 = Server_DH_Params")
    record ServerDhParamsFail(Bytes nonce, Bytes serverNonce, Bytes newNonceHash) implements ServerDhParams {}

    /** The server's half of Diffie-Hellman; {@code serverTime} in Unix seconds. */
    @Tl("server_DH_inner_data#b5890dba nonce:int128 server_nonce:int128 g:int dh_prime:string g_a:string"
            + " server_time:int = Server_DH_inner_data")
    record ServerDhInnerData(Bytes nonce, Bytes serverNonce, int g, Bytes dhPrime, Bytes gA, int serverTime) {}

    /** The client's half; {@code retryId} is zero in the first try, then the auxiliary hash of the key that failed. */
    @Tl("client_DH_inner_data#6643b654 nonce:int128 server_nonce:int128 retry_id:long g_b:string"
            + " = Client_DH_Inner_Data")
    record ClientDhInnerData(Bytes nonce, Bytes serverNonce, long retryId, Bytes gB) {}

    /** {@link ClientDhInnerData}, encrypted. */
    @Tl("set_client_DH_params#f5045f1f nonce:int128 server_nonce:int128 encrypted_data:string"
            + " = Set_client_DH_params_answer")
    record SetClientDhParams(Bytes nonce, Bytes serverNonce, Bytes encryptedData)
            implements TlMethod<SetClientDhParamsAnswer> {}

    /** How the exchange ended. */
    sealed interface SetClientDhParamsAnswer {
        Bytes nonce();

        Bytes serverNonce();
    }

    /** Both have the key. */
    @Tl("dh_gen_ok#3bcbf734 nonce:int128 server_nonce:int128 new_nonce_hash1:int128 = Set_client_DH_params_answer")
    record DhGenOk(Bytes nonce, Bytes serverNonce, Bytes newNonceHash1) implements SetClientDhParamsAnswer {}

    /** The server wants another {@code g_b}. */
    @Tl("dh_gen_retry#46dc1fb9 nonce:int128 server_nonce:int128 new_nonce_hash2:int128 = Set_client_DH_params_answer")
    record DhGenRetry(Bytes nonce, Bytes serverNonce, Bytes newNonceHash2) implements SetClientDhParamsAnswer {}

    /** The exchange has to begin anew. */
    @Tl("dh_gen_fail#a69dae02 nonce:int128 server_nonce:int128 new_nonce_hash3:int128 = Set_client_DH_params_answer")
    record DhGenFail(Bytes nonce, Bytes serverNonce, Bytes newNonceHash3) implements SetClientDhParamsAnswer {}

    /** Says, under the permanent key, that a temporary key belongs to it; {@code expiresAt} in Unix seconds. */
    @Tl("bind_auth_key_inner#75a3f765 nonce:long temp_auth_key_id:long perm_auth_key_id:long temp_session_id:long"
            + " expires_at:int = BindAuthKeyInner")
    record BindAuthKeyInner(long nonce, long tempAuthKeyId, long permAuthKeyId, long tempSessionId, int expiresAt) {}

    // Calls and their answers.

    /** Stands as the answer of a call that failed. */
    @Tl("rpc_error#2144ca19 error_code:int error_message:string = RpcError")
    record RpcError(int errorCode, String errorMessage) {}

    /** Tells the server that an answer is not wanted any more. */
    @Tl("rpc_drop_answer#58e4a740 req_msg_id:long = RpcDropAnswer")
    record RpcDropAnswer(long reqMsgId) implements TlMethod<RpcDropAnswerResult> {}

    /** What became of that answer. */
    sealed interface RpcDropAnswerResult {}

    /** There is no such call. */
    @Tl("rpc_answer_unknown#5e2ad36e = RpcDropAnswer")
    record RpcAnswerUnknown() implements RpcDropAnswerResult {}

    /** The call was still being worked on. */
    @Tl("rpc_answer_dropped_running#cd78e586 = RpcDropAnswer")
    record RpcAnswerDroppedRunning() implements RpcDropAnswerResult {}

    /** The answer was ready and is gone. */
    @Tl("rpc_answer_dropped#a43ad8b7 msg_id:long seq_no:int bytes:int = RpcDropAnswer")
    record RpcAnswerDropped(long msgId, int seqNo, int bytes) implements RpcDropAnswerResult {}

    /** Stands for any object: gzip of its bytes. What is inside may be secret, so it does not print. */
    @Tl("gzip_packed#3072cfa1 packed_data:string = Object")
    record GzipPacked(@Hidden Bytes packedData) {
        @Override
        public String toString() {
            return "GzipPacked[" + packedData.size() + " bytes]";
        }
    }

    // Salts, sessions, life signs.

    /** Asks for at most {@code num} salts to come. */
    @Tl("get_future_salts#b921bd04 num:int = FutureSalts")
    record GetFutureSalts(int num) implements TlMethod<FutureSalts> {}

    /** A salt and when it holds, in Unix seconds. */
    @Tl("future_salt#0949d9dc valid_since:int valid_until:int salt:long = FutureSalt")
    record FutureSalt(int validSince, int validUntil, long salt) {}

    /** The answer to {@link GetFutureSalts}; it names the request itself and does not come in an {@code rpc_result}. */
    @Tl("future_salts#ae500895 req_msg_id:long now:int salts:vector<future_salt> = FutureSalts")
    record FutureSalts(long reqMsgId, int now, List<FutureSalt> salts) {}

    /** Asks for a sign of life. */
    @Tl("ping#7abe77ec ping_id:long = Pong")
    record Ping(long pingId) implements TlMethod<Pong> {}

    /** The same, and the server is to hang up if nothing more comes within {@code disconnectDelay} seconds. */
    @Tl("ping_delay_disconnect#f3427b8c ping_id:long disconnect_delay:int = Pong")
    record PingDelayDisconnect(long pingId, int disconnectDelay) implements TlMethod<Pong> {}

    /** The sign of life; {@code msgId} is that of the ping. It does not come in an {@code rpc_result}. */
    @Tl("pong#347773c5 msg_id:long ping_id:long = Pong")
    record Pong(long msgId, long pingId) {}

    /** Forgets another session of the same key. */
    @Tl("destroy_session#e7512126 session_id:long = DestroySessionRes")
    record DestroySession(long sessionId) implements TlMethod<DestroySessionRes> {}

    /** Whether there was one. */
    sealed interface DestroySessionRes {
        long sessionId();
    }

    /** There was. */
    @Tl("destroy_session_ok#e22045fc session_id:long = DestroySessionRes")
    record DestroySessionOk(long sessionId) implements DestroySessionRes {}

    /** There was none. */
    @Tl("destroy_session_none#62d350c9 session_id:long = DestroySessionRes")
    record DestroySessionNone(long sessionId) implements DestroySessionRes {}

    /** The server knows nothing of this session before {@code firstMsgId}. */
    @Tl("new_session_created#9ec20908 first_msg_id:long unique_id:long server_salt:long = NewSession")
    record NewSessionCreated(long firstMsgId, long uniqueId, long serverSalt) {}

    /** Holds the answer back over HTTP; all in milliseconds. */
    @Tl("http_wait#9299359f max_delay:int wait_after:int max_wait:int = HttpWait")
    record HttpWait(int maxDelay, int waitAfter, int maxWait) {}

    /** Deletes the key the call came under. */
    @Tl("destroy_auth_key#d1435160 = DestroyAuthKeyRes")
    record DestroyAuthKey() implements TlMethod<DestroyAuthKeyRes> {}

    /** Whether it is gone. */
    sealed interface DestroyAuthKeyRes {}

    /** It is. */
    @Tl("destroy_auth_key_ok#f660e1d4 = DestroyAuthKeyRes")
    record DestroyAuthKeyOk() implements DestroyAuthKeyRes {}

    /** It was gone before. */
    @Tl("destroy_auth_key_none#0a9f2259 = DestroyAuthKeyRes")
    record DestroyAuthKeyNone() implements DestroyAuthKeyRes {}

    /** It is not. */
    @Tl("destroy_auth_key_fail#ea109b13 = DestroyAuthKeyRes")
    record DestroyAuthKeyFail() implements DestroyAuthKeyRes {}

    // Messages about messages.

    /** These have arrived. */
    @Tl("msgs_ack#62d6b459 msg_ids:Vector<long> = MsgsAck")
    record MsgsAck(List<Long> msgIds) {}

    /** A message was refused: wrong id, sequence number or session. */
    @Tl("bad_msg_notification#a7eff811 bad_msg_id:long bad_msg_seqno:int error_code:int = BadMsgNotification")
    record BadMsgNotification(long badMsgId, int badMsgSeqno, int errorCode) {}

    /** A message was refused for its salt (code 48); the new one holds from now on. */
    @Tl("bad_server_salt#edab447b bad_msg_id:long bad_msg_seqno:int error_code:int new_server_salt:long"
            + " = BadMsgNotification")
    record BadServerSalt(long badMsgId, int badMsgSeqno, int errorCode, long newServerSalt) {}

    /** Asks what became of messages. */
    @Tl("msgs_state_req#da69fb52 msg_ids:Vector<long> = MsgsStateReq")
    record MsgsStateReq(List<Long> msgIds) {}

    /** Answers {@link MsgsStateReq}, a byte for each message asked about. */
    @Tl("msgs_state_info#04deb57d req_msg_id:long info:string = MsgsStateInfo")
    record MsgsStateInfo(long reqMsgId, Bytes info) {}

    /** Tells the same without being asked. */
    @Tl("msgs_all_info#8cc0d131 msg_ids:Vector<long> info:string = MsgsAllInfo")
    record MsgsAllInfo(List<Long> msgIds, Bytes info) {}

    /** An answer of {@code bytes} bytes to {@code msgId} waits under {@code answerMsgId}. */
    @Tl("msg_detailed_info#276d3ec6 msg_id:long answer_msg_id:long bytes:int status:int = MsgDetailedInfo")
    record MsgDetailedInfo(long msgId, long answerMsgId, int bytes, int status) {}

    /** A message nobody asked for waits under {@code answerMsgId}. */
    @Tl("msg_new_detailed_info#809db6df answer_msg_id:long bytes:int status:int = MsgDetailedInfo")
    record MsgNewDetailedInfo(long answerMsgId, int bytes, int status) {}

    /** Asks for messages again. */
    @Tl("msg_resend_req#7d861a08 msg_ids:Vector<long> = MsgResendReq")
    record MsgResendReq(List<Long> msgIds) {}
}
