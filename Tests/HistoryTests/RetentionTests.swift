import Football
import FoundationEssentials
import History
import TestSupport
import Testing

struct RetentionTests {
    private static let day = 86_400.0

    /// Nothing is old but what a test says is.
    private func limits(_ change: (inout RetentionLimits) -> Void) -> RetentionLimits {
        var limits = RetentionLimits(all: .distantPast, archivedModels: 1_000)
        change(&limits)
        return limits
    }

    private func count(_ table: String, _ history: History) async throws -> Int {
        try await history.value("select count(*) from \(table)") ?? -1
    }

    private func alert(_ number: Int) -> AlertNotification {
        AlertNotification(
            fingerprint: "f\(number)", startsAt: newYear, status: .firing, endsAt: nil,
            labels: ["alertname": "TouchlineDown"], annotations: [:], receiver: "touchline", generatorURL: nil,
            receivedAt: newYear.addingTimeInterval(Double(number) * Self.day), asksForTraining: number == 0)
    }

    @Test func `notifications beyond their age go in batches, and the requests that came of them stay`() async throws {
        let history = try await TestDatabase.migrated().history()
        #expect(try await history.store((0..<10).map(alert)) == 10)
        let due = limits { $0.alertNotifications = newYear.addingTimeInterval(6.5 * Self.day) }
        #expect(try await history.remove(due, batch: 3) == 7)
        #expect(try await history.alerts(limit: 20).map(\.notification) == [9, 8, 7].map(alert))
        #expect(try await history.openTrainingRequests().count == 1)
        #expect(try await history.remove(due, batch: 3) == 0)
    }

    @Test func `disagreements, replaced scores and stand-in forecasts go with age, and nothing else does`() async throws
    {
        let history = try await TestDatabase.migrated().history()
        _ = try await history.record(Example.ingest(matches: [Example.match()]))
        let model = try await history.store(Example.model())
        _ = try await history.execute(
            """
            insert into predictions (model_id, fixture_id, made_at, deadline, home, draw, away, synthetic)
            select \(model), f.id, '2023-12-31Z', '2024-01-02Z', 0.5, 0.25, 0.25, false from fixtures f
            """)
        for number in 0..<5 {
            let at = "timestamptz '2024-01-01Z' + interval '\(number) days'"
            try await history.execute(
                """
                insert into feed_disagreements
                select id, 'one', 'final', \(number), 0, 2, 1, \(at) from fixtures
                """)
            try await history.execute(
                """
                insert into superseded_evaluations (
                    prediction_id, revision, outcome, hit, log_loss, ranked_probability, brier, evaluated_at,
                    superseded_at
                ) select id, \(number + 1), 'draw', false, 1.39, 0.16, 0.875, '2024-01-01Z', \(at) from predictions
                """)
            try await history.execute(
                """
                insert into fallback_predictions (
                    source, model_id, division, season, home_team, away_team, kick_off, made_at, tier, home, draw, away
                ) values ('simulation', \(model), 'E0', 2023, 'Bath', 'York', '2025-01-01Z', \(at), 'prior', 0.5, 0.25,
                    0.25)
                """)
        }
        let due = newYear.addingTimeInterval(2.5 * Self.day)
        #expect(try await history.remove(limits { $0.feedDisagreements = due }, batch: 2) == 3)
        #expect(try await count("feed_disagreements", history) == 2)
        #expect(try await count("superseded_evaluations", history) == 5)
        #expect(try await history.remove(limits { $0.supersededEvaluations = due }, batch: 2) == 3)
        #expect(try await count("superseded_evaluations", history) == 2)
        #expect(try await history.remove(limits { $0.fallbackPredictions = due }, batch: 2) == 3)
        #expect(try await count("fallback_predictions", history) == 2)
        #expect(try await count("predictions", history) == 1)
        #expect(try await count("matches", history) == 1)
    }

    @Test func `runs of jobs go with age, but never the last success`() async throws {
        let history = try await TestDatabase.migrated().history()
        for (number, outcome) in ["succeeded", "succeeded", "database", "database"].enumerated() {
            let at = newYear.addingTimeInterval(Double(number))
            try await history.record(
                JobRun(job: "train", startedAt: at, finishedAt: at, outcome: outcome, itemsIn: 0, itemsOut: 0))
        }
        #expect(try await history.remove(limits { $0.jobRuns = newYear.addingTimeInterval(60) }) == 3)
        #expect(try await history.jobRecords()["train"]?.lastSuccess == newYear.addingTimeInterval(1))
    }

    @Test func `of archived models the newest keep their bytes, of those that served and of the others`() async throws {
        let history = try await TestDatabase.migrated().history()
        var served: [Int64] = []
        var rejected: [Int64] = []
        for seed in 0..<4 {
            served.append(try await history.store(Example.model(seed: UInt64(seed))))
            for other in 0..<2 {
                rejected.append(
                    try await history.register(
                        Example.model(seed: UInt64(10 + 2 * seed + other)), .example("due"),
                        verdict: .rejected(.example("worse"))))
            }
        }
        let before = try await history.models()
        #expect(try await history.remove(limits { $0.archivedModels = 2 }) == 1 + 5)
        let after = try await history.models()
        let gone = Set(after.filter { $0.size == 0 }.compactMap(\.model.id))
        #expect(gone == Set([served[0]] + rejected.prefix(5)), "the champion and the candidate are not archived")
        #expect(after.map(\.bytesChecksum) == before.map(\.bytesChecksum) && after.map(\.model) == before.map(\.model))
        #expect(try await history.remove(limits { $0.archivedModels = 2 }) == 0)
        let error = await #expect(throws: HistoryError.self) { try await history.model(served[0]) }
        #expect(error?.description.contains("model \(served[0]) are kept no longer") == true)
        // A rollback finds the bytes of the champion before.
        let back = try await history.rollBack(.example("odd", .operator))
        #expect(back.to == served[2])
        #expect(try await history.champion()?.bytes == Example.model().bytes)
        // What has no bytes can serve no more, whoever asks.
        await #expect(throws: HistoryError.self) { try await history.promote(served[0], .example("no", .operator)) }
        #expect(try await history.champion()?.id == served[2])
    }
}
