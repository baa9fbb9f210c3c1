import FoundationEssentials
import TestSupport

@testable import Agent

/// A dashboard's questions to Prometheus, asked over a span of the past, a day a step, as Grafana would ask them.
struct PastDashboards {
    let server: SampleServer
    let start: Date
    let end: Date

    /// What one question came to.
    struct Answer {
        let panel: String
        let question: String
        let values: Int
        let took: Duration
        /// Whether something of what it reads is backfilled, and so must be there.
        let isExpected: Bool
    }

    /// Asks all of a dashboard's questions.
    func ask(_ dashboard: Dashboard) async throws -> [Answer] {
        var answers: [Answer] = []
        for panel in dashboard.shown {
            for expression in (panel.targets ?? []).compactMap(\.expr) {
                let question = filled(expression)
                let began = ContinuousClock.now
                let series = try await server.series(
                    question, from: start.timeIntervalSince1970, to: end.timeIntervalSince1970, step: 86_400)
                answers.append(
                    Answer(
                        panel: panel.title ?? "\(panel.id)", question: question,
                        values: series.reduce(0) { $0 + $1.values.count { $0.text != "NaN" } },
                        took: .now - began, isExpected: isExpected(question)))
            }
        }
        return answers
    }

    /// Everything that can be chosen; a rate spans the two samples that Grafana's interval would.
    private func filled(_ expression: String) -> String {
        let span = Int(end.timeIntervalSince(start))
        let filled = expression.replacing("$__rate_interval", with: "86415s").replacing("$__interval", with: "1d")
            .replacing("$__range", with: "\(span)s")
        return filled.replacing(/\$\w+/, with: ".+")
    }

    private func isExpected(_ question: String) -> Bool {
        let names = SeriesNames.all(in: question)
        return !names.isEmpty && names.allSatisfy { Backfill.isWritten($0) && !$0.contains(":") }
    }
}
