internal import HTTPTypes
internal import Hummingbird

/// Finds the route of a request's path.
struct WebResponder: HTTPResponder {
    typealias Context = BasicRequestContext

    let routes: [String: any Route]
    let metrics: MetricsRoute
    let settings: SettingsStore

    func respond(to request: Request, context: Context) async -> Response {
        let path = request.uri.path
        let isMetrics = path == settings.current.web.telemetryPath
        guard let route: any Route = isMetrics ? metrics : routes[path] else {
            return notFound(path)
        }
        guard route.methods.contains(request.method) else {
            let allowed = route.methods.map(\.rawValue).joined(separator: ", ")
            var response = Response(
                .methodNotAllowed, text: "\(request.method.rawValue) is not answered here, only \(allowed)")
            response.headers[.allow] = allowed
            return response
        }
        var response = await route.answer(request)
        guard request.method == .head else { return response }
        // The length stays that of the body which GET would have sent.
        if let length = response.body.contentLength { response.headers[.contentLength] = String(length) }
        response.body = ResponseBody(contentLength: response.body.contentLength ?? 0) { writer in
            try await writer.finish(nil)
        }
        return response
    }

    private func notFound(_ path: String) -> Response {
        guard path.hasPrefix("/api/") else { return Response(.notFound, text: "nothing here; see /") }
        let id = String(UInt64.random(in: .min ... .max), radix: 16)
        let problem = #"{"type":"about:blank","title":"Not Found","status":404,"instance":"urn:request:\#(id)"}"#
        return Response(.notFound, "application/problem+json", Array(problem.utf8))
    }
}
