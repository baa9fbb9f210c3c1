internal import Fetch
internal import FoundationEssentials

/// A Prometheus that runs, by its HTTP API.
struct RunningPrometheus: Sendable {
    /// A rule as the server has it.
    struct Rule: Decodable, Sendable {
        let name: String
        let query: String
        /// `ok`, `err` or `unknown`.
        let health: String
        let lastError: String?
        /// A date in the year 1 before the first evaluation.
        let lastEvaluation: String

        /// Whether it was ever evaluated.
        var isEvaluated: Bool { health != "unknown" && !lastEvaluation.hasPrefix("0001-") }
    }

    /// What every answer is wrapped in.
    private struct Envelope<Content: Decodable>: Decodable { let data: Content }

    private let url: String
    private let fetcher = Fetcher(
        userAgent: "touchline/\(Version.number)", limits: FetchLimits(totalTimeout: .seconds(30)),
        retry: RetryPolicy(maximumAttempts: 1), seed: 1)

    init(url: String) {
        self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
    }

    /// Every alerting and recording rule.
    func rules() async throws(AgentError) -> [Rule] {
        struct Groups: Decodable {
            struct Group: Decodable { let rules: [Rule] }

            let groups: [Group]
        }
        return try await ask("rules", Groups.self).groups.flatMap(\.rules)
    }

    /// The name of every series that has had a sample within the last hour.
    func names(now: Date) async throws(AgentError) -> Set<String> {
        let start = Int(now.timeIntervalSince1970) - 3600
        return Set(try await ask("label/__name__/values?start=\(start)", [String].self))
    }

    private func ask<Answer: Decodable>(_ path: String, _: Answer.Type) async throws(AgentError) -> Answer {
        let address = "\(url)/api/v1/\(path)"
        do {
            guard case .modified(let body) = try await fetcher.fetch(FetchRequest(url: address)) else {
                throw AgentError.job("\(address) gave no answer")
            }
            return try JSONDecoder().decode(Envelope<Answer>.self, from: Data(body.bytes)).data
        } catch let error as AgentError {
            throw error
        } catch let error as FetchError {
            throw .job("Prometheus cannot be asked: \(error); --prometheus names its URL")
        } catch {
            throw .job("\(address) is not Prometheus' HTTP API: \(error)")
        }
    }
}
