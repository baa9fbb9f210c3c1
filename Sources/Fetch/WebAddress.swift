import Clibcurl

/// A URL as libcurl reads it, so that what is checked and shown is what will be asked.
struct WebAddress: Sendable {
    /// The URL as given.
    let text: String
    /// The scheme in lower case.
    let scheme: String
    /// Scheme, host and port: what may see the request's own headers.
    let origin: String
    /// The URL without credentials, query and fragment.
    let shown: String

    init(_ text: String) throws(FetchError) {
        guard text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            throw .invalidURL(problem: "it holds a byte that is not printable ASCII")
        }
        guard let handle = curl_url() else { throw .invalidURL(problem: "out of memory") }
        defer { curl_url_cleanup(handle) }
        let code = curl_url_set(handle, CURLUPART_URL, text, UInt32(CURLU_NON_SUPPORT_SCHEME))
        guard code == CURLUE_OK else { throw .invalidURL(problem: String(cString: curl_url_strerror(code))) }
        func part(_ part: CURLUPart, _ flags: Int32 = 0) -> String? {
            var value: UnsafeMutablePointer<CChar>?
            guard curl_url_get(handle, part, &value, UInt32(flags)) == CURLUE_OK, let value else { return nil }
            defer { curl_free(value) }
            return String(cString: value)
        }
        let scheme = (part(CURLUPART_SCHEME) ?? "").lowercased()
        let host = (part(CURLUPART_HOST) ?? "").lowercased()
        let port = part(CURLUPART_PORT).map { ":\($0)" } ?? ""
        self.text = text
        self.scheme = scheme
        self.origin = "\(scheme)://\(host):\(part(CURLUPART_PORT, CURLU_DEFAULT_PORT) ?? "")"
        self.shown = "\(scheme)://\(host)\(port)\(part(CURLUPART_PATH) ?? "")"
    }
}
