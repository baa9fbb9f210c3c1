import Agent
import Football
import FoundationEssentials
import TestSupport
import Testing

/// A season that is played to its end beside an agent, Prometheus and Alertmanager, from one weekend to the next.
struct DriftedSeason {
    /// The alert that is waited for.
    static let alert = "TouchlineDriftDetected"

    /// A finding of drift, and how it was answered.
    struct Answer {
        /// The features that were found together.
        let features: [String]
        /// Matches that were over between the change and the finding.
        let matches: Int
        /// The model that came of the alert.
        let model: Int
        /// Whether it was found fit to serve.
        let promoted: Bool
    }

    let home: AgentHome
    let clock: SteppedClock
    let stack: MonitoringStack
    let seasons: SimulatedSeasons
    /// What was found and answered so far.
    private(set) var answers: [Answer] = []
    /// Features whose alert fires on.
    private(set) var open: Set<String> = []
    private var timeline: Timeline

    init(home: AgentHome, clock: SteppedClock, stack: MonitoringStack, seasons: SimulatedSeasons) {
        self.home = home
        self.clock = clock
        self.stack = stack
        self.seasons = seasons
        timeline = Timeline(clock)
    }

    /// Plays to the end of the season: on Fridays the coming matches are forecast, on Mondays drift is looked for.
    mutating func through(injected: Day) async throws {
        let last = try #require(seasons.matches.last).fixture.day
        timeline.note("the season begins")
        var isInjected = false
        while Day(containing: clock.league.now) <= last.advanced(by: 7) {
            try await goesOn(4, until: .predict)
            if !isInjected, Day(containing: clock.league.now).advanced(by: 3) > injected {
                isInjected = true
                timeline.note("the league changes from round \(seasons.round(of: injected)) on", at: injected.start)
            }
            let monday = try await goesOn(3, until: .drift)
            let found = try await home.texts(
                """
                select subject from drift_findings where found_at >= \(Self.literal(monday)) - interval '1 minute'
                and subject not in ('overround', 'e_process', 'e_detector', 'paired_cusum') order by subject
                """)
            if !found.isEmpty {
                try await answer(found, matches: seasons.matches(over: injected.start, to: monday))
            }
            try await ends()
        }
        timeline.note("the season is over")
    }

    @discardableResult
    private mutating func goesOn(_ days: Double, until job: JobName) async throws -> Date {
        let now = clock.advance(by: days * 86_400)
        try await stack.sees(job, since: now, at: clock.league)
        return now
    }

    /// Follows a finding through the alert to the model that came of it.
    private mutating func answer(_ features: [String], matches: Int) async throws {
        let numbers = try await home.texts(
            """
            select subject || ' (p ' || p_value::numeric(10, 7) || ')' from drift_findings
            order by id desc limit \(features.count)
            """)
        timeline.note("drift found after \(matches) matches: \(numbers.joined(separator: ", "))")
        try await eventually("the pending alert") {
            try await shown(for: features, "pending", over: "[1m]") == features.count
        }
        timeline.note("the alert is pending")
        // What its `for` says.
        _ = clock.advance(by: 600)
        try await eventually("the firing alert") { try await shown(for: features, "firing") == features.count }
        timeline.note("the alert fires")
        try await told(features, "firing")
        let requests = try await home.texts(
            "select reason from training_requests order by id desc limit \(features.count)")
        timeline.note("the webhook was called, and asks for a training: \(requests.joined(separator: ", "))")
        let model = try await judged()
        let promoted = try await home.number(
            "select count(*) from model_events where model_id = \(model) and event = 'promoted'")
        answers.append(Answer(features: features, matches: matches, model: model, promoted: promoted == 1))
        open.formUnion(features)
    }

    /// Waits for the end of the alerts whose drift a champion has learnt since; the others fire on.
    private mutating func ends() async throws {
        let learnt = Set(
            try await home.texts(
                """
                select d.subject from drift_findings d join models m on m.state = 'champion'
                where m.trained_at > d.found_at or d.cleared_at is not null
                """)
        ).intersection(open).sorted()
        guard !learnt.isEmpty else { return }
        let champion = try await home.number("select id from models where state = 'champion'")
        try await eventually("the model in Prometheus") {
            try await stack.query("touchline_model_info{model=\"\(champion)\"}").count == 1
        }
        try await eventually("the end of the alert") { try await shown(for: learnt, "firing") == 0 }
        try await told(learnt, "resolved")
        open.subtract(learnt)
        timeline.note("model \(champion) serves; the alert is resolved, and the webhook was told: \(learnt)")
        let detected = try await stack.query(
            "touchline_drift_state{feature=~\"\(learnt.joined(separator: "|"))\"} == 1")
        timeline.note("shown now: \(detected.map { "\($0.labels["feature"] ?? "") \($0.labels["state"] ?? "")" })")
    }

    /// Of how many features the alert is in a state, in Prometheus.
    private func shown(for features: [String], _ state: String, over span: String = "") async throws -> Int {
        let selector =
            "alertname=\"\(Self.alert)\", alertstate=\"\(state)\", feature=~\"\(features.joined(separator: "|"))\""
        let series = "ALERTS{\(selector)}\(span)"
        return try await stack.query(span.isEmpty ? series : "count_over_time(\(series))").count
    }

    /// Waits until the agent and the people whom it concerns have been told.
    private func told(_ features: [String], _ status: String) async throws {
        try await eventually("'\(status)' at the agent's webhook") {
            let known = try await home.texts(
                """
                select labels->>'feature' from alert_notifications
                where name = '\(Self.alert)' and status = '\(status)' and receiver = 'agent'
                """)
            return Set(known).isSuperset(of: features)
        }
        try await eventually("'\(status)' at the tickets") {
            let tickets = try stack.notified("tickets").flatMap(\.alerts).filter {
                $0.labels["alertname"] == Self.alert && $0.status == status
            }
            return Set(tickets.compactMap { $0.labels["feature"] }).isSuperset(of: features)
        }
    }

    /// Waits for the model that the newest request leads to, and says what was found of it.
    private mutating func judged() async throws -> Int {
        let model = try await eventually("the model") {
            try await home.texts(
                """
                select d.model_id::text from training_requests r join training_decisions d on d.id = r.decision_id
                where d.model_id is not null and r.id = (select max(id) from training_requests)
                """
            ).first.flatMap { Int($0) }
        }
        let decision = try await home.texts(
            "select reasons::text || ', drifted: ' || (evidence->>'drifted') from training_decisions where model_id = \(model)"
        )
        timeline.note("a training was decided on: \(decision.joined())")
        let events = try await home.texts(
            "select event || ', ' || reason from model_events where model_id = \(model) and event <> 'archived' order by id"
        )
        for event in events { timeline.note("model \(model) \(event)") }
        return model
    }

    private static func literal(_ instant: Date) -> String { "to_timestamp(\(instant.timeIntervalSince1970))" }
}
