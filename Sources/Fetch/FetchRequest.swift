/// What to ask for: a URL, what is already held of it or is to be sent there, and further request headers.
public struct FetchRequest: Sendable {
    /// An absolute `http` or `https` URL in printable ASCII; anything else is refused by the fetch.
    public var url: String
    /// The validators of the copy already held; with any of them the server may answer that nothing changed.
    public var validators: Validators?
    /// Further headers by name, sent to the origin of ``url`` alone: a redirect to another origin drops them.
    public var headers: [String: String]
    /// What is sent, by ``sending``; nil gets.
    ///
    /// A redirect of what was sent is not followed. It is sent again where the retry policy asks again, so that whoever receives it must not mind having it twice.
    public var body: [UInt8]?
    /// How ``body`` is sent.
    public var sending: Sending

    /// How a body is sent; the raw value is the method's name.
    public enum Sending: String, Sendable {
        /// For the resource to do with as it does.
        case post = "POST"
        /// To be what the resource holds from now on, so that having it twice is having it once.
        case put = "PUT"
    }

    /// Makes a request.
    public init(
        url: String, validators: Validators? = nil, headers: [String: String] = [:], body: [UInt8]? = nil,
        sending: Sending = .post
    ) {
        self.url = url
        self.validators = validators
        self.headers = headers
        self.body = body
        self.sending = sending
    }
}

/// What a server gave to ask later whether a resource has changed (RFC 9110, section 8.8).
public struct Validators: Sendable, Hashable {
    /// The entity tag as sent, with its quotes and its `W/`.
    public var etag: String?
    /// The date of the last change as sent, an HTTP-date.
    public var lastModified: String?

    /// Makes validators.
    public init(etag: String? = nil, lastModified: String? = nil) {
        self.etag = etag
        self.lastModified = lastModified
    }

    /// Whether there is nothing to ask with.
    public var isEmpty: Bool { etag == nil && lastModified == nil }
}
