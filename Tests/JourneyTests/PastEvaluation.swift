import Fetch
import FoundationEssentials
import TestSupport

/// Alert rules evaluated over samples of the past, as Prometheus would have then: every expression at every evaluation, with
/// its `for` counted from the first evaluation in a row at which it held.
struct PastEvaluation: Sendable {
    /// An alert that would have fired.
    struct Firing: CustomStringConvertible {
        let alert: String
        let labels: [String: String]
        let since: Date
        /// Evaluations at which it fired.
        var count: Int

        var description: String {
            let shown = labels.filter { !["job", "instance", "__name__"].contains($0.key) }.sorted { $0.key < $1.key }
            return
                "\(alert) \(shown.map { "\($0.key)=\($0.value)" }) since \(since.formatted(.iso8601)), \(count) times"
        }
    }

    /// A rule as Prometheus has loaded it.
    struct Rule: Decodable, Sendable {
        let name: String
        let query: String
        /// Seconds for which it must hold.
        let duration: Double?
        let type: String
    }

    let server: SampleServer
    let start: Date
    let end: Date
    /// Seconds from one evaluation to the next.
    let step: Double

    /// Every alerting rule that the server has loaded.
    func alerts() async throws -> [Rule] {
        struct Answer: Decodable {
            struct Groups: Decodable {
                struct Group: Decodable { let rules: [Rule] }

                let groups: [Group]
            }

            let data: Groups
        }
        return try await server.ask("/api/v1/rules?type=alert", Answer.self).data.groups.flatMap(\.rules)
    }

    /// What fires of a rule, one for each set of labels and each time.
    func firings(of rule: Rule) async throws -> [Firing] {
        var firings: [Firing] = []
        // By labels: when it began to hold, the newest evaluation at which it did, and which firing that is.
        var active: [[String: String]: (since: Double, newest: Double, firing: Int?)] = [:]
        // The server gives no more than 11,000 points at a time.
        let piece = 10_000 * step
        for from in stride(from: start.timeIntervalSince1970, through: end.timeIntervalSince1970, by: piece) {
            let to = min(from + piece - step, end.timeIntervalSince1970)
            for series in try await server.series(rule.query, from: from, to: to, step: step) {
                for (instant, _) in series.values {
                    var state = active[series.metric] ?? (instant, instant, nil)
                    if instant - state.newest > step * 1.5 { state = (instant, instant, nil) }
                    state.newest = instant
                    if instant - state.since >= rule.duration ?? 0 {
                        if let known = state.firing {
                            firings[known].count += 1
                        } else {
                            state.firing = firings.count
                            firings.append(
                                Firing(
                                    alert: rule.name, labels: series.metric,
                                    since: Date(timeIntervalSince1970: instant),
                                    count: 1))
                        }
                    }
                    active[series.metric] = state
                }
            }
        }
        return firings
    }
}
