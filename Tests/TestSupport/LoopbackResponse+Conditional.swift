import Glibc

extension LoopbackResponse {
    /// Answers with bytes and their validators, or with 304 if the client's validators still hold.
    ///
    /// - Parameters:
    ///   - bytes: The body.
    ///   - changed: When it last changed, in seconds since 1970.
    ///   - contentType: The `Content-Type`.
    ///   - request: The request, whose `If-None-Match` goes before its `If-Modified-Since`.
    /// - Returns: Status 200 or 304, both with the validators.
    public static func conditional(
        _ bytes: [UInt8],
        changed: Int,
        contentType: String = "text/csv",
        to request: LoopbackRequest
    ) -> LoopbackResponse {
        let etag =
            "\"\(String(bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }, radix: 16))\""
        let headers = ["ETag": etag, "Last-Modified": httpDate(changed), "Content-Type": contentType]
        let isCurrent =
            if let known = request.headers["if-none-match"] {
                known == etag || known == "*"
            } else {
                request.headers["if-modified-since"] == httpDate(changed)
            }
        return isCurrent
            ? LoopbackResponse(status: 304, headers: headers) : LoopbackResponse(headers: headers, body: .bytes(bytes))
    }

    /// An instant, in seconds since 1970, as HTTP writes it: `Sun, 06 Nov 1994 08:49:37 GMT`.
    public static func httpDate(_ seconds: Int) -> String {
        var instant = time_t(seconds)
        var civil = tm()
        gmtime_r(&instant, &civil)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        func padded(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let day = "\(days[Int(civil.tm_wday)]), \(padded(civil.tm_mday)) \(months[Int(civil.tm_mon)])"
        let time = "\(padded(civil.tm_hour)):\(padded(civil.tm_min)):\(padded(civil.tm_sec))"
        return "\(day) \(civil.tm_year + 1900) \(time) GMT"
    }
}
