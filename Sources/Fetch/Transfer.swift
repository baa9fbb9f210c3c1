import Clibcurl

/// One libcurl easy handle with what it receives; it lives on the actor that drives it.
final class Transfer {
    /// Bodies of answers that are not wanted are read this far, so that the connection can be used again.
    private static let discardLimit = 64 << 10

    let easy: UnsafeMutableRawPointer
    let plan: TransferPlan
    /// How libcurl ended it; nil while it runs.
    var result: CURLcode?
    private(set) var body: [UInt8] = []
    /// Whether the body outgrew the limit.
    private(set) var isOversized = false
    /// Whether the body's packing is unknown or broken.
    private(set) var isUndecodable = false
    /// What unpacks the body; nil if it came as it is.
    private(set) var gzip: GzipBody?
    private var hasBody = false
    private let cancellation: Cancellation
    private var headers: UnsafeMutablePointer<curl_slist>?
    private let problem: UnsafeMutablePointer<CChar>
    private var discarded = 0

    init?(_ plan: TransferPlan, _ cancellation: Cancellation) {
        guard let easy = curl_easy_init() else { return nil }
        self.easy = easy
        self.plan = plan
        self.cancellation = cancellation
        problem = .allocate(capacity: Int(CURL_ERROR_SIZE))
        problem.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        guard configure() else { return nil }
    }

    deinit {
        curl_easy_cleanup(easy)
        curl_slist_free_all(headers)
        problem.deallocate()
    }

    var isCancelled: Bool { cancellation.isRequested }

    /// What libcurl says about a failure; may be empty.
    var problemText: String { String(cString: problem) }

    /// The status of the last answer, 0 before there is one.
    var status: Int {
        var status = 0
        ccurl_get_long(easy, CURLINFO_RESPONSE_CODE, &status)
        return status
    }

    private func configure() -> Bool {
        // Waiting for leave to send costs a round trip, or a second where nobody knows of it.
        for line in plan.headers + ["Accept-Encoding: gzip"] + (plan.body == nil ? [] : ["Expect:"]) {
            guard let longer = curl_slist_append(headers, line) else { return false }
            headers = longer
        }
        let limits = plan.limits
        let codes = [
            ccurl_set_string(easy, CURLOPT_URL, plan.address.text),
            ccurl_set_string(easy, CURLOPT_USERAGENT, plan.userAgent),
            ccurl_set_list(easy, CURLOPT_HTTPHEADER, headers),
            ccurl_set_string(easy, CURLOPT_PROTOCOLS_STR, limits.allowedProtocols.joined(separator: ",")),
            ccurl_set_long(easy, CURLOPT_FOLLOWLOCATION, 0),
            ccurl_set_long(easy, CURLOPT_NOSIGNAL, 1),
            // A cancelled or timed-out name resolution is left to end by itself instead of being waited for.
            ccurl_set_long(easy, CURLOPT_QUICK_EXIT, 1),
            ccurl_set_long(easy, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)),
            ccurl_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, limits.connectTimeout.milliseconds),
            ccurl_set_long(easy, CURLOPT_TIMEOUT_MS, plan.timeout.milliseconds),
            ccurl_set_long(easy, CURLOPT_LOW_SPEED_LIMIT, limits.lowSpeedBytesPerSecond),
            ccurl_set_long(easy, CURLOPT_LOW_SPEED_TIME, limits.lowSpeedTime.wholeSeconds),
            ccurl_set_offset(easy, CURLOPT_MAXFILESIZE_LARGE, limits.maximumBytes),
            ccurl_set_pointer(easy, CURLOPT_ERRORBUFFER, problem),
            ccurl_set_pointer(easy, CURLOPT_WRITEDATA, Unmanaged.passUnretained(self).toOpaque()),
            ccurl_set_write_function(easy) { bytes, size, count, context in
                guard let bytes, let context else { return 0 }
                let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
                let chunk = UnsafeRawBufferPointer(start: bytes, count: size * count)
                return transfer.receive(chunk) ? chunk.count : 0
            },
        ]
        return codes.allSatisfy { $0 == CURLE_OK } && configureBody()
    }

    private func configureBody() -> Bool {
        guard let body = plan.body else { return true }
        // An empty array has no address, and without one libcurl would ask for the body elsewhere.
        var copied = body + [0]
        return copied.withUnsafeMutableBytes { bytes in
            // The size first: it says how much is copied.
            ccurl_set_long(easy, CURLOPT_POST, 1) == CURLE_OK
                && ccurl_set_string(easy, CURLOPT_CUSTOMREQUEST, plan.sending.rawValue) == CURLE_OK
                && ccurl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, body.count) == CURLE_OK
                && ccurl_set_pointer(easy, CURLOPT_COPYPOSTFIELDS, bytes.baseAddress) == CURLE_OK
        }
    }

    /// Takes a piece of the body after decompression; false ends the transfer.
    private func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard (200...299).contains(status) else {
            discarded += bytes.count
            return discarded <= Transfer.discardLimit
        }
        if !hasBody {
            hasBody = true
            let encoding = (header("Content-Encoding") ?? "identity").lowercased()
            if encoding == "gzip" || encoding == "x-gzip" { gzip = GzipBody() }
            isUndecodable = gzip == nil && encoding != "identity"
        }
        guard !isUndecodable else { return false }
        if let gzip {
            switch gzip.unpack(bytes, into: &body, limit: plan.limits.maximumBytes) {
            case .going: return true
            case .broken: isUndecodable = true
            case .tooLarge: isOversized = true
            }
        } else if body.count + bytes.count <= plan.limits.maximumBytes {
            body.append(contentsOf: bytes)
            return true
        } else {
            isOversized = true
        }
        body = []
        return false
    }
}
