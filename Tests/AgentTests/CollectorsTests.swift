import Drift
import Exposition
import Fetch
import Football
import FoundationEssentials
import Testing

@testable import Agent
@testable import History

struct CollectorsTests {
    private func families(_ agent: Agent) -> [String: Family] {
        Dictionary(uniqueKeysWithValues: agent.registry.gather().map { ($0.descriptor.name, $0) })
    }

    private func full() async throws -> Agent {
        let agent = try Example.agent()
        var snapshot = try await Example.snapshot()
        snapshot.counts = HistoryCounts(
            matches: 3_040, fixtures: 12, nextKickOff: Example.instant.addingTimeInterval(7_200), quarantined: 4,
            models: 2, predictions: 30, evaluations: 20, newestMatch: nil,
            newestKickOff: Example.instant.addingTimeInterval(-7_200), synthetic: false)
        snapshot.shadows = Snapshot.ShadowScores((0..<20).map { Example.shadowPair($0) })
        agent.snapshots.publish(snapshot)
        agent.worker.instruments.heartbeat(at: Example.instant)
        return agent
    }

    /// Of what is not known yet there is no series: 0 would be a lie that alerts believe.
    @Test(arguments: [false, true])
    func `what is unknown is absent`(isPublished: Bool) throws {
        let agent = try Example.agent()
        if isPublished { agent.snapshots.publish(Snapshot()) }
        let present = families(agent).values.filter { family in
            if case .gauge = family.descriptor.kind { return !family.series.isEmpty }
            if case .info = family.descriptor.kind { return !family.series.isEmpty }
            return false
        }.map(\.descriptor.name).filter { !$0.hasPrefix("process_") && !$0.hasPrefix("touchline_collector_") }
        #expect(
            present.sorted() == [
                "touchline_betting_drawdown_limit_ratio", "touchline_betting_enabled", "touchline_build_info",
                "touchline_config_hash",
                "touchline_config_last_reload_success_timestamp_seconds",
                "touchline_config_last_reload_successful", "touchline_database_pool_lent",
                "touchline_database_pool_limit", "touchline_drift_margin_limit_ratio",
                "touchline_drift_minimum_matches",
                "touchline_drift_significance_level", "touchline_history_pending_rows",
                "touchline_history_spool_maximum_bytes", "touchline_history_spool_size_bytes",
                "touchline_job_period_seconds", "touchline_job_running", "touchline_leader",
                "touchline_model_maximum_age_seconds", "touchline_promotion_margin_log_loss",
                "touchline_score_minimum_matches",
                "touchline_scrapes_in_flight", "touchline_synthetic_data",
            ])
    }

    @Test func `every counter begins at zero under every label value`() throws {
        for family in families(try Example.agent()).values {
            guard case .counter = family.descriptor.kind, family.descriptor.name.hasPrefix("touchline_") else {
                continue
            }
            if family.descriptor.name == "touchline_series_dropped_total" { continue }
            #expect(!family.series.isEmpty, "\(family.descriptor.name)")
            for series in family.series { #expect(family.value(series.labels) == 0, "\(family.descriptor.name)") }
        }
    }

    @Test func `a full snapshot leaves no family of its own out`() async throws {
        let agent = try await full()
        let present = Set(families(agent).values.filter { !$0.series.isEmpty }.map(\.descriptor.name))
        let missing = Set(agent.registry.descriptors.map(\.name)).subtracting(present)
        // Only what happens outside a snapshot: a training under way, a file fetched, an answer from PostgreSQL.
        #expect(
            missing == [
                "touchline_model_training_progress_ratio", "touchline_feed_last_success_timestamp_seconds",
                "touchline_fetch_circuit_open", "touchline_database_up", "touchline_leader_term",
                "touchline_history_oldest_pending_timestamp_seconds",
                "touchline_backup_last_verified_timestamp_seconds", "touchline_backup_size_bytes",
                "touchline_database_info", "touchline_database_size_bytes", "touchline_database_table_rows",
                "touchline_database_replication_lag_seconds", "touchline_database_durable",
                "touchline_database_server_connections", "touchline_database_server_connections_limit",
                "touchline_model_exports_waiting", "touchline_model_export_oldest_waiting_timestamp_seconds",
            ])
    }

    @Test func `values are those of the snapshot`() async throws {
        let families = families(try await full())
        let instant = Example.instant.timeIntervalSince1970
        let expected: [(String, [String], Double)] = [
            ("touchline_history_matches", [], 3_040), ("touchline_history_fixtures_upcoming", [], 12),
            ("touchline_history_quarantined_rows", [], 4),
            ("touchline_newest_result_timestamp_seconds", [], instant - 7_200),
            ("touchline_next_kickoff_timestamp_seconds", [], instant + 7_200),
            ("touchline_model_info", ["7", "form-3"], 1), ("touchline_model_training_matches", [], 3_040),
            ("touchline_model_trees", [], 3), ("touchline_model_size_bytes", [], 54_321),
            ("touchline_model_training_duration_seconds", [], 12.5),
            ("touchline_model_trained_timestamp_seconds", [], instant - 3_600),
            ("touchline_model_maximum_age_seconds", [], 604_800), ("touchline_holdout_matches", [], 380),
            ("touchline_holdout_accuracy_ratio", ["model"], 1.0 / 3),
            ("touchline_holdout_accuracy_ratio", ["market"], 0.5),
            ("touchline_holdout_accuracy_ratio", ["base_rate"], 0.4), ("touchline_forecasts", [], 2),
            ("touchline_forecasts_missing", [], 3), ("touchline_forecast_mean_probability_ratio", ["draw"], 0.3),
            ("touchline_fallback_active", ["simulation"], 1), ("touchline_fallback_forecasts", ["simulation"], 1),
            ("touchline_matches_passed_over", [], 0),
            ("touchline_score_matches", ["380", "model"], 120),
            ("touchline_score_matches", ["380", "market"], 90), ("touchline_score_matches", ["50", "base_rate"], 50),
            ("touchline_betting_balance", ["flat"], 1_020), ("touchline_betting_bets", ["kelly", "won"], 4),
            ("touchline_betting_yield_ratio", ["flat"], 0.25),
            ("touchline_betting_closing_line_value_ratio", ["flat"], 0.0625),
            ("touchline_score_window_watched", ["380"], 1), ("touchline_score_window_watched", ["season"], 0),
            ("touchline_score_accuracy_ratio", ["380", "market"], 1.0 / 3),
            ("touchline_score_brier", ["season", "model"], 2.14 / 3),
            ("touchline_score_recall_ratio", ["380", "model", "home"], 1),
            ("touchline_score_calibration_error_ratio", ["190", "model"], 1.0 / 6),
            ("touchline_drift_window_matches", [], 190),
            ("touchline_drift_detected", ["steady"], 0), ("touchline_drift_detected", ["moved"], 1),
            ("touchline_job_last_success_timestamp_seconds", ["drift"], instant - 360),
            ("touchline_candidate_rejections", [], 2), ("touchline_retrain_requests", [], 1),
            ("touchline_model_refused", [], 0), ("touchline_model_promoted_timestamp_seconds", [], instant - 1_800),
            ("touchline_candidate_compared_matches", [], 120), ("touchline_candidate_info", ["8", "form-3"], 1),
            ("touchline_promotion_margin_log_loss", [], 0.002),
            ("touchline_drift_state", ["sparse", "insufficient_data"], 1),
            ("touchline_drift_sample_matches", ["sparse", "reference"], 5),
            ("touchline_drift_found_timestamp_seconds", ["moved"], instant + 60),
            ("touchline_drift_margin_shift_ratio", [], 0.025), ("touchline_drift_margin_detected", [], 1),
            ("touchline_drift_told_apart_ratio", [], 0.75),
            ("touchline_drift_replayed_false_alarm_ratio", [], 0.025),
            ("touchline_drift_replayed_seasons", [], 40), ("touchline_stream_statistic", ["paired_cusum"], 4.5),
            ("touchline_stream_detected", ["e_process"], 1), ("touchline_stream_run_matches", ["cusum"], 12),
            ("touchline_worker_heartbeat_timestamp_seconds", [], instant), ("touchline_synthetic_data", [], 0),
            ("touchline_shadow_matches", [], 20),
        ]
        for (name, labels, value) in expected {
            let found = try #require(families[name]?.value(labels), "\(name) \(labels)")
            #expect(abs(found - value) <= 1e-9 * max(1, value), "\(name) \(labels)")
        }
    }

    @Test func `a column with too few values has no verdict`() async throws {
        let families = families(try await full())
        for name in ["touchline_drift_detected", "touchline_drift_p_value"] {
            #expect(families[name]?.series.map(\.labels) == [["moved"], ["steady"]])
        }
        let measured = families["touchline_drift_statistic"]?.series.compactMap(\.labels.first) ?? []
        #expect(Set(measured) == ["moved", "steady"])
    }

    @Test func `label values come from closed sets`() async throws {
        let jobs = JobName.allCases.map(\.rawValue)
        let closed: [String: Set<String>] = [
            "job_name": Set(jobs), "direction": ["in", "out"],
            "source": Set(FeedFile.Source.allCases.map(\.rawValue) + [FallbackForecast.source]),
            "score": Set(Disagreement.Score.allCases.map(\.rawValue)),
            "record": Set(Freshness.Record.allCases.map(\.rawValue)),
            "column_group": Set(ColumnGroup.allCases.map(\.rawValue)),
            "outcome": ["home", "draw", "away"], "forecaster": ["model", "market", "base_rate"],
            "bound": ["lower", "upper"], "window": ["10", "50", "100", "190", "380", "season"],
            "occasion": ["result", "correction"], "strategy": Set(BettingStrategy.names),
            "status": Set(PlacedBet.State.allCases.map(\.rawValue) + AlertNotification.Status.allCases.map(\.rawValue)),
            "code": ["200", "500", "503"],
            "phase": ["dns", "connect", "tls", "first_byte", "transfer"],
            "change": Set(["inserted", "updated", "unchanged"] + SchemaChange.Change.allCases.map(\.rawValue)),
            "rule": Set(RowRule.allCases.map(\.rawValue) + SeasonAudit.Rule.allCases.map(\.rawValue)),
            "reason": Set(
                AlertInstruments.reasons + JobError.reasons + HistoryError.reasons + FetchError.reasons
                    + FeedError.reasons
                    + CollectorFailure.Reason.allCases.map(\.rawValue)
                    + TrainingDecision.Reason.allCases.map(\.rawValue) + TrackingError.reasons),
            "subject": Set(StatementGroup.allCases.map(\.rawValue) + Notice.allCases.map(\.rawValue)),
            "feature": ["steady", "moved", "sparse", "overround"], "model": ["7", "8"],
            "result": ["promoted", "rejected"],
            "measure": Set(DriftMeasure.allCases.map(\.rawValue)),
            "state": Set(DriftState.allCases.map(\.rawValue)), "sample": ["reference", "current"],
            "detector": Set(StreamDetector.allCases.map(\.rawValue)),
            "feature_set": ["form-3"],
            "version": [Version.number], "revision": [Version.revision],
        ]
        let agent = try await full()
        for family in agent.registry.gather() where family.descriptor.name.hasPrefix("touchline_") {
            for series in family.series {
                for (label, value) in zip(family.descriptor.labels, series.labels) {
                    if ["collector", "family"].contains(label) { continue }
                    #expect(closed[label]?.contains(value) == true, "\(family.descriptor.name){\(label)=\"\(value)\"}")
                }
            }
        }
    }

    @Test func `in a league played faster, instants and spans are in wall time`() async throws {
        let start = Example.instant
        let clock = LeagueClock(
            wallNow: { start.addingTimeInterval(10) }, wallStart: start, leagueStart: start, speed: 1_000)
        let settings = SettingsStore(Example.settings())
        let snapshots = SnapshotStore()
        var snapshot = try await Example.snapshot()
        snapshot.jobs[.train]?.lastSuccess = start.addingTimeInterval(5_000)
        snapshots.publish(snapshot)
        let jobs = JobsCollector(snapshots: snapshots, settings: settings, clock: clock).collect()
        let value = { (name: Descriptor, labels: [String]) in
            jobs.first { $0.descriptor == name }?.value(labels)
        }
        #expect(value(JobsCollector.lastSuccess, ["train"]) == start.timeIntervalSince1970 + 5)
        #expect(value(JobsCollector.period, ["train"]) == 86.4)
        let model = ModelCollector(
            snapshots: snapshots, settings: settings, training: TrainingProgress(), clock: clock
        ).collect()
        #expect(model.first { $0.descriptor == ModelCollector.maximumAge }?.value() == 604.8)
        #expect(
            model.first { $0.descriptor == ModelCollector.trained }?.value() == start.timeIntervalSince1970 - 3.6)
        // An alert compares the two.
        let drift = DriftCollector(snapshots: snapshots, settings: settings, clock: clock).collect()
        #expect(
            drift.first { $0.descriptor == DriftCollector.found }?.value(["moved"])
                == start.timeIntervalSince1970 + 0.06)
    }

    @Test func `progress is there only while a model is trained`() throws {
        let agent = try Example.agent()
        let ratio = { families(agent)["touchline_model_training_progress_ratio"]?.value() }
        #expect(ratio() == nil)
        agent.progress.start(trees: 4)
        #expect(ratio() == 0)
        agent.progress.finishedTree()
        #expect(ratio() == 0.25)
        agent.progress.stop()
        #expect(ratio() == nil)
    }

    @Test func `a job that runs is seen to, and its end is counted`() throws {
        let agent = try Example.agent()
        let jobs = agent.worker.instruments
        jobs.started(.train)
        #expect(families(agent)["touchline_job_running"]?.value(["train"]) == 1)
        #expect(families(agent)["touchline_job_running"]?.value(["drift"]) == 0)
        jobs.ended(.train, after: .seconds(2), result: .failure(.tooFewMatches(have: 1, need: 2)))
        jobs.ended(
            .drift, after: .seconds(2), result: .success(JobResult(itemsIn: 5, itemsOut: 4, snapshot: Snapshot())))
        let after = families(agent)
        #expect(after["touchline_job_running"]?.value(["train"]) == 0)
        #expect(after["touchline_job_runs_total"]?.value(["train"]) == 1)
        #expect(after["touchline_job_failures_total"]?.value(["train", "too_few_matches"]) == 1)
        #expect(after["touchline_job_failures_total"]?.value(["drift", "too_few_matches"]) == 0)
        #expect(after["touchline_job_items_total"]?.value(["drift", "in"]) == 5)
        #expect(after["touchline_job_items_total"]?.value(["drift", "out"]) == 4)
    }
}
