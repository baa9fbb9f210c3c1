internal import Exposition
internal import HTTPTypes
internal import Hummingbird

/// `/metrics`: the whole registry, encoded before the status line is sent.
struct MetricsRoute: Route {
    let registry: Registry
    let instruments: ScrapeInstruments
    let settings: SettingsStore

    func answer(_ request: Request) async -> Response {
        let started = ContinuousClock.now
        guard instruments.enter(limit: settings.current.web.maximumRequests) else {
            instruments.answered(code: 503, after: ContinuousClock.now - started)
            return Response(
                .serviceUnavailable, text: "too many scrapes at once; web.max_requests sets how many may be")
        }
        defer { instruments.leave() }
        let format = ExpositionFormat.negotiated(accept: request.headers[values: .accept].joined(separator: ","))
        let page = ExpositionEncoder.encode(registry.gather(), as: format)
        instruments.answered(code: 200, after: ContinuousClock.now - started)
        var response = Response(.ok, format.contentType, page)
        response.headers[.vary] = "Accept, Accept-Encoding"
        return response
    }
}
