internal import Agent

extension Tables {
    /// What the alarms are worth, as tables.
    static func calibration(_ report: DriftCalibration.Report) -> String {
        let alarms = report.falseAlarms.map { rate in
            [rate.alarm, "\(rate.alarms)", "\(rate.seasons)", fixed(rate.ratio, 3), error(rate.ratio, rate.seasons)]
        }
        let delays = report.delays.map { delay in
            let share = Double(delay.found) / Double(max(1, delay.seasons))
            return [
                delay.change, "\(delay.found)", "\(delay.seasons)", fixed(share, 2), error(share, delay.seasons),
                delay.medianMatches.map { "\($0)" } ?? "",
            ]
        }
        return """
            \(report.windowMatches) matches against \(report.referenceMatches), level \(report.significanceLevel) a look

            false alarms without drift, by season
            \(table([["alarm", "alarms", "seasons", "rate", "error"]] + alarms))

            changes injected in mid-season, found before its end
            \(table([["change", "found", "seasons", "share", "error", "median matches"]] + delays))

            detectors on the score stream: share of seasons with a detection (median matches to it)
            \(table(streams(report.streams) { ($0.found, $0.medianMatches) }))

            the same, were each detector's threshold the statistic that 1 healthy season in 20 reaches
            \(table(alike(report.streams)))

            past seasons as they were: found after so many matches
            \(table([["season", "windows", "score stream"]] + past(report)))

            \(summary(report))
            """
    }

    /// The standard error of a share.
    private static func error(_ share: Double, _ seasons: Int) -> String {
        "±" + fixed((share * (1 - share) / Double(max(1, seasons))).squareRoot(), 3)
    }

    private static func detectors(_ rates: [DriftCalibration.StreamRate]) -> [String] {
        var names: [String] = []
        for rate in rates where !names.contains(rate.detector) { names.append(rate.detector) }
        return names
    }

    /// A row a forecaster, a column a detector that `count` knows.
    private static func streams(
        _ rates: [DriftCalibration.StreamRate], count: (DriftCalibration.StreamRate) -> (found: Int, median: Int?)?
    ) -> [[String]] {
        let shown = detectors(rates.filter { count($0) != nil })
        var forecasters: [String] = []
        for rate in rates where !forecasters.contains(rate.forecaster) { forecasters.append(rate.forecaster) }
        let rows = forecasters.map { forecaster in
            let own = rates.filter { $0.forecaster == forecaster }
            let cells = shown.map { detector in
                guard let rate = own.first(where: { $0.detector == detector }), let (found, median) = count(rate)
                else { return "" }
                return fixed(Double(found) / Double(max(1, rate.seasons)), 3) + (median.map { " (\($0))" } ?? "")
            }
            return [forecaster, "\(own.first?.seasons ?? 0)"] + cells
        }
        return [["forecaster", "seasons"] + shown] + rows
    }

    private static func alike(_ rates: [DriftCalibration.StreamRate]) -> [[String]] {
        var rows = streams(rates) { rate in rate.foundAlike.map { ($0, rate.medianAlike) } }
        let limits = rows[0].dropFirst(2).map { detector in
            rates.first { $0.detector == detector }?.limitOfTwenty.map { fixed($0, 2) } ?? ""
        }
        rows.insert(["threshold", ""] + limits, at: 1)
        return rows
    }

    /// In how many of the past seasons as they were an alarm would have come.
    private static func summary(_ report: DriftCalibration.Report) -> String {
        let windows = report.seasons.map { Set($0.found.keys) }
        let margin = windows.count { $0.contains("overround") }
        let features = windows.count { !$0.subtracting(["overround"]).isEmpty }
        var parts = ["features in \(features) of \(windows.count)", "the margin in \(margin)"]
        for detector in ["e_process", "e_detector", "paired_cusum"] {
            for (name, forecaster) in [("market", "the market"), ("without_odds", "a model without odds")] {
                let count = report.scores.count { $0.found["\(name) \(detector)"] != nil }
                if count > 0 { parts.append("\(detector) on \(forecaster) in \(count) of \(report.scores.count)") }
            }
        }
        return "past seasons with an alarm: " + parts.joined(separator: ", ")
    }

    private static func past(_ report: DriftCalibration.Report) -> [[String]] {
        let scores = Dictionary(uniqueKeysWithValues: report.scores.map { ($0.season, $0.found) })
        return report.seasons.map { season in
            [season.season, listed(season.found), listed(scores[season.season] ?? [:])]
        }
    }

    private static func listed(_ found: [String: Int]) -> String {
        found.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map { "\($0.key) @\($0.value)" }.joined(
            separator: ", ")
    }
}
