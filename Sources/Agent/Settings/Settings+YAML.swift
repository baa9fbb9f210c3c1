internal import Drift
extension Settings {
    /// The effective settings as a configuration file; it holds no secret, because settings hold none.
    public var yaml: String {
        var lines: [String] = ["state_directory: \(Settings.quoted(stateDirectory))"]
        lines.append("shutdown_timeout: \(DurationText.format(shutdownTimeout))")
        func section(_ name: String, _ pairs: [(String, String)]) {
            lines.append("\(name):")
            for (key, value) in pairs { lines.append("  \(key): \(value)") }
        }
        section(
            "web",
            [
                ("listen_addresses", "[\(web.listenAddresses.map(Settings.quoted).joined(separator: ", "))]"),
                ("telemetry_path", Settings.quoted(web.telemetryPath)), ("max_requests", "\(web.maximumRequests)"),
                ("enable_lifecycle", "\(web.enableLifecycle)"),
            ])
        section("log", [("level", log.level.rawValue), ("format", log.format.rawValue)])
        section(
            "database",
            [
                ("connection_string", Settings.quoted(database.connectionString)),
                ("password_file", Settings.quoted(database.passwordFile)),
                ("binaries", Settings.quoted(database.binaries)),
                ("maximum_connections", "\(database.maximumConnections)"),
                ("spool_maximum_bytes", "\(database.spoolMaximumBytes)"),
            ])
        var feedPairs = [
            ("base_url", Settings.quoted(feed.baseURL)), ("division", Settings.quoted(feed.division)),
            ("first_season", "\(feed.firstSeason)"),
        ]
        if let last = feed.lastSeason { feedPairs.append(("last_season", "\(last)")) }
        feedPairs += [
            ("refetch_finished_seasons", DurationText.format(feed.refetchFinishedSeasons)),
            ("connect_timeout", DurationText.format(feed.connectTimeout)),
            ("timeout", DurationText.format(feed.timeout)), ("maximum_bytes", "\(feed.maximumBytes)"),
            ("attempts", "\(feed.attempts)"),
        ]
        feedPairs += [
            ("football_data_co_uk", "\(feed.footballDataCoUK)"), ("fantasy", "\(feed.fantasy)"),
            ("fantasy_url", Settings.quoted(feed.fantasyURL)),
            ("football_data_org_url", Settings.quoted(feed.organisationURL)),
            ("football_data_org_token_file", Settings.quoted(feed.organisationTokenFile)),
            ("result_lag", DurationText.format(feed.resultLag)), ("odds_lead", DurationText.format(feed.oddsLead)),
            ("fixture_gap", DurationText.format(feed.fixtureGap)),
            (
                "breaks",
                "[\(feed.breaks.map { Settings.quoted("\($0.lowerBound)/\($0.upperBound)") }.joined(separator: ", "))]"
            ),
            ("fallback", feed.fallback.rawValue), ("fallback_after", DurationText.format(feed.fallbackAfter)),
            ("pause", DurationText.format(feed.pause)),
            ("breaker_failures", "\(feed.breakerFailures)"),
            ("breaker_pause", DurationText.format(feed.breakerPause)),
        ]
        section("feed", feedPairs)
        section(
            "schedule",
            JobName.allCases.compactMap { job in schedule.crons[job].map { (job.rawValue, Settings.quoted($0.text)) } }
                + [
                    ("jitter", DurationText.format(schedule.jitter)),
                    ("retry_pause", DurationText.format(schedule.retryPause)),
                    ("job_timeout", DurationText.format(schedule.jobTimeout)),
                ])
        var modelPairs = [
            ("trees", "\(model.trees)"), ("maximum_depth", "\(model.maximumDepth)"),
            ("minimum_leaf", "\(model.minimumLeaf)"), ("seed", "\(model.seed)"),
        ]
        if let threads = model.threads { modelPairs.append(("threads", "\(threads)")) }
        modelPairs += [
            ("maximum_age", DurationText.format(model.maximumAge)), ("minimum_matches", "\(model.minimumMatches)"),
            ("holdout_matches", "\(model.holdoutMatches)"),
            ("retrain_pause", DurationText.format(model.retrainPause)),
            ("promotion_margin", "\(model.promotionMargin)"), ("candidate_share", "\(model.candidateShare)"),
        ]
        section("model", modelPairs)
        section("forecast", [("horizon", DurationText.format(forecastHorizon))])
        section(
            "score",
            [("window_matches", "\(score.windowMatches)"), ("minimum_matches", "\(score.minimumMatches)")])
        section(
            "betting",
            [
                ("enabled", "\(betting.enabled)"), ("opening_balance", "\(betting.openingBalance)"),
                ("flat_stake", "\(betting.flatStake)"), ("flat_edge", "\(betting.flatEdge)"),
                ("kelly_fraction", "\(betting.kellyFraction)"),
                ("kelly_cap", "\(betting.kellyCap)"), ("rule_confidence", "\(betting.ruleConfidence)"),
                ("rule_edge", "\(betting.ruleEdge)"), ("rule_cap", "\(betting.ruleCap)"),
                ("drawdown_limit", "\(betting.drawdownLimit)"),
            ])
        section(
            "alerts",
            [
                ("webhook", "\(alerts.webhook)"),
                ("train_on", "[\(alerts.trainOn.map(Settings.quoted).joined(separator: ", "))]"),
            ])
        section(
            "drift",
            [
                ("window_matches", "\(drift.windowMatches)"), ("reference_matches", "\(drift.referenceMatches)"),
                ("minimum_matches", "\(drift.minimumMatches)"), ("significance_level", "\(drift.significanceLevel)"),
                ("correction", drift.correction.rawValue), ("margin_shift", "\(drift.marginShift)"),
            ])
        section("backup", [("directory", Settings.quoted(backup.directory)), ("keep", "\(backup.keep)")])
        section(
            "retention",
            [
                ("fetches", DurationText.format(retention.fetches)),
                ("job_runs", DurationText.format(retention.jobRuns)),
                ("quarantined_rows", DurationText.format(retention.quarantinedRows)),
                ("alert_notifications", DurationText.format(retention.alertNotifications)),
                ("feed_disagreements", DurationText.format(retention.feedDisagreements)),
                ("superseded_evaluations", DurationText.format(retention.supersededEvaluations)),
                ("fallback_predictions", DurationText.format(retention.fallbackPredictions)),
                ("archived_models", "\(retention.archivedModels)"),
            ])
        section("mlflow", mlflow.pairs)
        return lines.joined(separator: "\n") + "\n"
    }

    /// YAML's double-quoted scalars take every escape of a JSON string.
    static func quoted(_ text: String) -> String { LogLine.quoted(text) }
}
