internal import Exposition
internal import HTTPTypes
internal import Hummingbird
internal import Logging

/// `/metrics`: the whole registry, encoded before the status line is sent.
struct MetricsRoute: Route {
    /// How long a scrape may take that says nothing about it; Prometheus' own default.
    private static let defaultTimeout = 10.0

    private static let timeoutHeader = HTTPField.Name("X-Prometheus-Scrape-Timeout-Seconds")

    let instruments: ScrapeInstruments
    let settings: SettingsStore
    private let desk: ScrapeDesk

    init(registry: Registry, instruments: ScrapeInstruments, settings: SettingsStore, logger: Logger) {
        self.instruments = instruments
        self.settings = settings
        desk = ScrapeDesk(registry: registry, logger: logger)
    }

    func answer(_ request: Request) async -> Response {
        let started = ContinuousClock.now
        guard instruments.enter(limit: settings.current.web.maximumRequests) else {
            return unavailable("too many scrapes at once; web.max_requests sets how many may be", since: started)
        }
        defer { instruments.leave() }
        let format = ExpositionFormat.negotiated(accept: request.headers[values: .accept].joined(separator: ","))
        let coding = ContentCoding.negotiated(
            acceptEncoding: request.headers[values: .acceptEncoding].joined(separator: ","))
        guard let page = await desk.page(format, coding, within: limit(of: request)) else {
            return unavailable("the scrape could not be answered within its timeout", since: started)
        }
        instruments.answered(code: 200, after: ContinuousClock.now - started)
        var response = Response(.ok, format.contentType, page)
        response.headers[.vary] = "Accept, Accept-Encoding"
        if coding == .gzip { response.headers[.contentEncoding] = "gzip" }
        return response
    }

    /// Four fifths of the time that the scraper waits; the rest is for sending.
    private func limit(of request: Request) -> Duration {
        let header = Self.timeoutHeader.flatMap { request.headers[$0] }
        let seconds = header.flatMap { Double($0) } ?? Self.defaultTimeout
        return .seconds((seconds > 0 && seconds < 3600 ? seconds : Self.defaultTimeout) * 0.8)
    }

    private func unavailable(_ reason: String, since started: ContinuousClock.Instant) -> Response {
        instruments.answered(code: 503, after: ContinuousClock.now - started)
        return Response(.serviceUnavailable, text: reason)
    }
}
