import FoundationEssentials
import History
import TestSupport

/// Every shipped dashboard, asked as Grafana would ask it.
struct LiveDashboards {
    let stack: MonitoringStack
    /// The agent's database.
    let history: History
    /// Since when Prometheus scrapes.
    let start: Date

    /// What one panel, or one annotation, answered.
    struct Answer: CustomStringConvertible {
        let dashboard: String
        let panel: String
        /// Values or rows, one count a question.
        let values: [Int]

        var isEmpty: Bool { values.contains(0) }
        var description: String { "\(dashboard): \(panel): \(values)" }
    }

    /// Asks everything once, with every variable filled in; throws at the first answer that is an error.
    func ask() async throws -> [Answer] {
        var answers: [Answer] = []
        for (file, dashboard) in try Dashboard.all() {
            let variables = try await choices(of: dashboard)
            for panel in dashboard.shown {
                guard let targets = panel.targets, !targets.isEmpty else { continue }
                var values: [Int] = []
                for target in targets { values.append(try await count(target, variables, in: file)) }
                answers.append(Answer(dashboard: file, panel: panel.title ?? "\(panel.id)", values: values))
            }
            for annotation in dashboard.annotations.list {
                guard let expression = annotation.expr else { continue }
                let count = try await count(expression, variables, in: file)
                answers.append(Answer(dashboard: file, panel: "annotation \(annotation.name)", values: [count]))
            }
        }
        return answers
    }

    /// Everything that can be chosen for a variable, as a pattern that matches it.
    private func choices(of dashboard: Dashboard) async throws -> [String: String] {
        var chosen = ["__rate_interval": "15s", "__interval": "1s"]
        chosen["__range"] = "\(max(15, Int(Date().timeIntervalSince(start))))s"
        for variable in dashboard.templating.list where variable.type != "datasource" {
            let query = filled(variable.query?.text ?? "", chosen)
            guard let parts = query.wholeMatch(of: /label_values\((.+), *(\w+)\)/) else {
                throw Unanswerable(place: variable.name, question: query)
            }
            let values = try await stack.values(
                ofLabel: String(parts.output.2), in: String(parts.output.1))
            guard !values.isEmpty else { throw Unanswerable(place: variable.name, question: query) }
            chosen[variable.name] = values.joined(separator: "|")
        }
        return chosen
    }

    private func count(
        _ target: Dashboard.Target, _ variables: [String: String], in file: String
    ) async throws -> Int {
        if let expression = target.expr { return try await count(expression, variables, in: file) }
        guard let sql = target.rawSql else { throw Unanswerable(place: file, question: "a target without a question") }
        let (from, to) = (quoted(Date(timeIntervalSince1970: 0)), quoted(Date().addingTimeInterval(20 * 365 * 86_400)))
        let statement = sql.replacing(/\$__timeFilter\(([^)]*)\)/) { "\($0.output.1) between \(from) and \(to)" }
            .replacing("$__timeFrom()", with: from).replacing("$__timeTo()", with: to)
        guard !statement.contains("$__") else { throw Unanswerable(place: file, question: statement) }
        return try await history.run { session throws(HistoryError) in try session.execute(statement).count }
    }

    private func count(_ expression: String, _ variables: [String: String], in file: String) async throws -> Int {
        let question = filled(expression, variables)
        guard !question.contains("$") else { throw Unanswerable(place: file, question: question) }
        do {
            return try await stack.values(of: question, from: start, to: Date())
        } catch {
            throw Unanswerable(place: "\(file) (\(error))", question: question)
        }
    }

    /// The longest names first: one may be the start of another.
    private func filled(_ text: String, _ variables: [String: String]) -> String {
        variables.sorted { $0.key.count > $1.key.count }.reduce(text) { text, variable in
            text.replacing("$\(variable.key)", with: variable.value)
        }
    }

    private func quoted(_ instant: Date) -> String { "timestamptz '\(instant.formatted(.iso8601))'" }

    /// A question that could not be asked, or to which the answer was an error.
    struct Unanswerable: Error, CustomStringConvertible {
        let place: String
        let question: String

        var description: String { "\(place): \(question)" }
    }
}
