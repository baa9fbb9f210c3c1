internal import Drift
internal import Football
internal import FoundationEssentials
internal import History
internal import Hummingbird

/// `/`: what this is, how it is, and where to look next.
struct LandingRoute: Route {
    let snapshots: SnapshotStore
    let settings: SettingsStore
    let database: HistoryCollector
    let progress: TrainingProgress
    let clock: LeagueClock
    let isSynthetic: Bool

    func answer(_ request: Request) async -> Response {
        Response(.ok, "text/html; charset=utf-8", Array(page(snapshots.current).utf8))
    }

    private func page(_ snapshot: Snapshot?) -> String {
        let metrics = Markup.escape(settings.current.web.telemetryPath)
        var body = "<h1>Touchline</h1><p class=\"lead\">Watches a match-forecasting model and tells Prometheus. "
        body += "Version \(Version.number), league time \(Markup.instant(clock.now)).</p>"
        if isSynthetic {
            body += "<p class=\"banner\">Simulated league: every match, team and price on this page is invented.</p>"
        }
        if let since = snapshot?.fallback?.since {
            body += "<p class=\"banner alarm\">No feed has answered since \(Markup.instant(since)). "
            body += "Forecasts marked simulation are of invented fixtures at invented odds; they are never scored.</p>"
        }
        body += "<nav><a href=\"\(metrics)\">\(metrics)</a><a href=\"/api/v1/forecasts\">/api/v1/forecasts</a>"
        body += "<a href=\"/-/ready\">/-/ready</a><a href=\"/-/healthy\">/-/healthy</a></nav>"
        body += "<section class=\"cards\">\(cards(snapshot))</section>"
        body += forecasts(snapshot) + standIns(snapshot) + bets(snapshot) + jobs(snapshot)
        return Markup.page(body)
    }

    private func cards(_ snapshot: Snapshot?) -> String {
        let counts = snapshot?.counts
        var cards = Markup.card(
            "Database", database.isUp ? "up" : "away", database.isUp ? "ok" : "bad",
            counts.map { "\($0.matches) matches, \($0.fixtures) ahead, \($0.quarantined) rows in quarantine" }
                ?? "not read yet")
        if let trees = progress.trees {
            let serving = snapshot?.champion.map { "; no. \($0.id) serves meanwhile" } ?? ""
            cards += Markup.card(
                "Model", "training", "wait", "\(trees.finished) of \(trees.expected) trees\(serving)")
        } else if let champion = snapshot?.champion {
            cards += Markup.card(
                "Model", "serving", "ok",
                "no. \(champion.id), \(champion.matches) matches, trained \(Markup.instant(champion.trainedAt))")
        } else {
            cards += Markup.card("Model", "none yet", "wait", "trained once enough matches are in")
        }
        if let scores = snapshot?.scores {
            let market = scores.market.map { ", market \(Markup.score($0.rankedProbability))" } ?? ""
            cards += Markup.card(
                "Ranked probability score", Markup.score(scores.model.rankedProbability), "ok",
                "over \(scores.model.matches) settled forecasts\(market); lower is better")
        } else if let holdout = snapshot?.champion?.holdout {
            let market = holdout.market.map { ", market \(Markup.score($0.rankedProbability))" } ?? ""
            cards += Markup.card(
                "Held-out ranked probability score", Markup.score(holdout.model.rankedProbability), "ok",
                "over \(holdout.matches) matches\(market); lower is better")
        }
        if let drift = snapshot?.drift {
            let drifted = drift.columns.filter { $0.state == .drifted }.map(\.name)
            let judged = drift.columns.count { $0.state != .insufficientData }
            let state = judged == 0 ? "no verdict" : (drifted.isEmpty ? "none" : "\(drifted.count) columns")
            cards += Markup.card(
                "Drift", state, judged == 0 ? "wait" : (drifted.isEmpty ? "ok" : "bad"),
                drifted.isEmpty
                    ? "\(drift.windowMatches) newest matches against \(drift.referenceMatches) before"
                    : drifted.joined(separator: ", "))
        }
        return cards
    }

    private func forecasts(_ snapshot: Snapshot?) -> String {
        let ahead = (snapshot?.forecasts ?? []).filter { $0.deadline > clock.now }
        let rows = ahead.prefix(20).map { forecast in
            let cells = Outcome.allCases.map { Markup.share(forecast.probabilities[$0]) }
            let market = Outcome.allCases.map { outcome in forecast.market.map { Markup.share($0[outcome]) } ?? "" }
            return [Markup.instant(forecast.deadline), forecast.key.home, forecast.key.away] + cells + market
        }
        guard !rows.isEmpty else {
            guard snapshot?.champion != nil else { return "" }
            let reason = progress.trees == nil ? "No fixture is known to be ahead." : "They follow the training."
            return "<h2>Next forecasts</h2><p>\(reason)</p>"
        }
        return "<h2>Next forecasts</h2>"
            + Markup.table(
                ["Kick-off", "Home", "Away", "home %", "draw %", "away %", "market %", "draw %", "away %"], Array(rows))
    }

    private func standIns(_ snapshot: Snapshot?) -> String {
        let rows = (snapshot?.fallback?.forecasts ?? []).prefix(20).map { forecast in
            [FallbackForecast.source, Markup.instant(forecast.kickOff), forecast.key.home, forecast.key.away]
                + Outcome.allCases.map { Markup.share(forecast.probabilities[$0]) }
        }
        guard !rows.isEmpty else { return "" }
        return "<h2>Simulation: invented fixtures</h2>"
            + Markup.table(["Source", "Kick-off", "Home", "Away", "home %", "draw %", "away %"], Array(rows))
    }

    private func jobs(_ snapshot: Snapshot?) -> String {
        guard let snapshot else { return "" }
        let rows = JobName.allCases.map { name in
            let record = snapshot.jobs[name]
            return [
                name.rawValue, record?.lastSuccess.map(Markup.instant) ?? "never",
                record.map { $0.failures == 0 ? "ok" : "\($0.failures) failures since" } ?? "waiting",
            ]
        }
        return "<h2>Jobs</h2>" + Markup.table(["Job", "Last success", "State"], rows)
    }
}
