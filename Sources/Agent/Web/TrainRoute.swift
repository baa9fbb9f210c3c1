internal import FoundationEssentials
internal import HTTPTypes
internal import History
internal import Hummingbird

/// `/api/v1/train`: wishes for a training, which the agent that leads decides on within a second.
struct TrainRoute: Route {
    let history: History
    let settings: SettingsStore
    let clock: LeagueClock

    private static let longestBody = 4_096

    /// What may be said with it.
    private struct Wish: Decodable {
        let reason: String?
    }

    var methods: [HTTPRequest.Method] { [.post] }

    func answer(_ request: Request) async -> Response {
        guard settings.current.web.enableLifecycle else {
            return .problem(.forbidden, "lifecycle endpoints are off; web.enable_lifecycle turns them on")
        }
        guard let body = try? await request.body.collect(upTo: TrainRoute.longestBody) else {
            return .problem(.contentTooLarge, "the body is longer than \(TrainRoute.longestBody) bytes")
        }
        var reason = "asked for by the API"
        if body.readableBytes > 0 {
            guard let wish = try? JSONDecoder().decode(Wish.self, from: Data(body.readableBytesView)) else {
                return .problem(.badRequest, #"the body is not JSON such as {"reason": "new odds"}"#)
            }
            if let given = wish.reason, !given.isEmpty { reason = given }
        }
        do throws(HistoryError) {
            _ = try await history.request(
                TrainingRequest(source: .api, reason: reason, requestedAt: clock.now))
        } catch {
            return .problem(.serviceUnavailable, "\(error)")
        }
        return Response(.accepted, "application/json", Array(#"{"status":"requested"}"#.utf8))
    }
}
