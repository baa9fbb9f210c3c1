internal import HTTPTypes
internal import Hummingbird

/// Finds the route of a request's path.
struct WebResponder: HTTPResponder {
    typealias Context = BasicRequestContext

    let routes: [String: any Route]
    let metrics: MetricsRoute
    let settings: SettingsStore

    func respond(to request: Request, context: Context) async -> Response {
        var response = await answer(request)
        guard request.method == .head else { return response }
        // The length stays that of the body which GET would have sent.
        if let length = response.body.contentLength { response.headers[.contentLength] = String(length) }
        response.body = ResponseBody(contentLength: response.body.contentLength ?? 0) { writer in
            try await writer.finish(nil)
        }
        return response
    }

    private func answer(_ request: Request) async -> Response {
        let path = request.uri.path
        let isMetrics = path == settings.current.web.telemetryPath
        guard let route: any Route = isMetrics ? metrics : routes[path] else {
            return refusal(path, .notFound, text: "nothing here; see /")
        }
        guard route.methods.contains(request.method) else {
            let allowed = route.methods.map(\.rawValue).joined(separator: ", ")
            var response = refusal(
                path, .methodNotAllowed, text: "\(request.method.rawValue) is not answered here, only \(allowed)")
            response.headers[.allow] = allowed
            return response
        }
        if isMetrics { return await route.answer(request) }
        // The connections' own thread is for scrapes, which do their work elsewhere.
        return await withTaskExecutorPreference(globalConcurrentExecutor) { await route.answer(request) }
    }

    /// A line of text for people; under `/api/` a problem for programs, as RFC 9457 has it.
    private func refusal(_ path: String, _ status: HTTPResponse.Status, text: String) -> Response {
        guard path.hasPrefix("/api/") else { return Response(status, text: text) }
        let id = String(UInt64.random(in: .min ... .max), radix: 16)
        let problem =
            #"{"type":"about:blank","title":"\#(status.reasonPhrase)","status":\#(status.code),"#
            + #""instance":"urn:request:\#(id)"}"#
        return Response(status, "application/problem+json", Array(problem.utf8))
    }
}
