import Clibcurl

extension Transfer {
    /// What became of it, once ``result`` is known.
    func reply() -> TransferReply {
        var reply = TransferReply(ending: ending())
        reply.timings = timings()
        reply.receivedBytes = offset(CURLINFO_SIZE_DOWNLOAD_T)
        let wait = max(offset(CURLINFO_RETRY_AFTER), status == 429 ? resetSeconds : 0)
        reply.retryAfter = wait > 0 ? .seconds(wait) : nil
        guard case .success(let status) = reply.ending else { return reply }
        if [301, 302, 303, 307, 308].contains(status) {
            var target: UnsafePointer<CChar>?
            ccurl_get_string(easy, CURLINFO_REDIRECT_URL, &target)
            reply.redirectURL = target.map { String(cString: $0) }
        }
        if (200...299).contains(status) {
            reply.body = body
            reply.validators = Validators(etag: header("ETag"), lastModified: header("Last-Modified"))
            reply.contentType = header("Content-Type")
        }
        return reply
    }

    private func ending() -> Result<Int, FetchError> {
        let status = self.status
        let code = result ?? CURLE_FAILED_INIT
        if code == CURLE_OK {
            return gzip?.isWhole ?? true ? .success(status) : .failure(.truncated(url: plan.address.shown))
        }
        // An answer that says no says it in its status; whether its body was read to the end does not matter.
        if status >= 300, code != CURLE_ABORTED_BY_CALLBACK { return .success(status) }
        return .failure(failure(code, hasAnswer: status > 0))
    }

    private func failure(_ code: CURLcode, hasAnswer: Bool) -> FetchError {
        let url = plan.address.shown
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: return .resolve(url: url)
        case CURLE_COULDNT_CONNECT, CURLE_SEND_ERROR: return .connect(url: url, message: words(for: code))
        case CURLE_RECV_ERROR where !hasAnswer: return .connect(url: url, message: words(for: code))
        case CURLE_GOT_NOTHING: return .connect(url: url, message: words(for: code))
        case CURLE_RECV_ERROR, CURLE_PARTIAL_FILE: return .truncated(url: url)
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
            return .tls(url: url, message: words(for: code))
        case CURLE_OPERATION_TIMEDOUT: return isTooSlow ? .tooSlow(url: url) : .timeout(url: url)
        case CURLE_FILESIZE_EXCEEDED: return .tooLarge(url: url, limit: plan.limits.maximumBytes)
        case CURLE_WRITE_ERROR where isOversized: return .tooLarge(url: url, limit: plan.limits.maximumBytes)
        case CURLE_BAD_CONTENT_ENCODING, CURLE_WRITE_ERROR: return .undecodable(url: url)
        case CURLE_UNSUPPORTED_PROTOCOL: return .forbiddenProtocol(url: url)
        case CURLE_URL_MALFORMAT: return .invalidURL(problem: words(for: code))
        case CURLE_ABORTED_BY_CALLBACK: return .cancelled(url: url)
        default:
            return .other(url: url, code: Int(code.rawValue), message: String(cString: curl_easy_strerror(code)))
        }
    }

    /// libcurl has one code for both: connected and with time left, only the low-speed rule can have ended it.
    private var isTooSlow: Bool {
        offset(CURLINFO_PRETRANSFER_TIME_T) > 0
            && .microseconds(offset(CURLINFO_TOTAL_TIME_T)) < plan.timeout - .milliseconds(2)
    }

    private func words(for code: CURLcode) -> String {
        problemText.isEmpty ? String(cString: curl_easy_strerror(code)) : problemText
    }

    /// The phases from libcurl's instants, which count from the start and are zero for a phase never reached.
    private func timings() -> FetchTimings {
        func since(_ earlier: CURLINFO, _ later: CURLINFO) -> Duration {
            .microseconds(max(0, offset(later) - offset(earlier)))
        }
        return FetchTimings(
            dns: .microseconds(offset(CURLINFO_NAMELOOKUP_TIME_T)),
            connect: since(CURLINFO_NAMELOOKUP_TIME_T, CURLINFO_CONNECT_TIME_T),
            tls: since(CURLINFO_CONNECT_TIME_T, CURLINFO_APPCONNECT_TIME_T),
            firstByte: since(CURLINFO_PRETRANSFER_TIME_T, CURLINFO_STARTTRANSFER_TIME_T),
            total: .microseconds(offset(CURLINFO_TOTAL_TIME_T))
        )
    }

    private func offset(_ info: CURLINFO) -> Int {
        var value: curl_off_t = 0
        ccurl_get_offset(easy, info, &value)
        return value
    }

    /// Seconds until football-data.org counts requests anew, which it says in place of `Retry-After`.
    private var resetSeconds: Int {
        header("X-RequestCounter-Reset").flatMap { Int($0) }.map { min(max(0, $0), 86_400) } ?? 0
    }

    func header(_ name: String) -> String? {
        var found: UnsafeMutablePointer<curl_header>?
        guard curl_easy_header(easy, name, 0, UInt32(CURLH_HEADER), -1, &found) == CURLHE_OK,
            let value = found?.pointee.value
        else { return nil }
        return String(cString: value)
    }
}
