internal import Football
internal import Forest

/// Forecasts of the newest matches by a recipe and by the champion, each made without those matches.
///
/// Where the champion learnt from a match already, its recipe is trained again on what was before, as the candidate's
/// is; later matches it forecasts itself, while the candidate's recipe is trained again every few weeks on all that
/// was known by then. So two equal recipes differ only where one of them knew more.
struct WalkForward: Sendable {
    /// The champion, as far as it is needed.
    struct Champion: Sendable {
        let model: ServingModel
        /// The last day that it learnt from.
        let lastDay: Day
        /// How it was made; nil if that is not known, or another program made it.
        let recipe: Recipe?
        /// What it forecast at the time, for matches that it learnt from and that its recipe cannot tell of.
        let recorded: [MatchKey: OutcomeProbabilities]
    }

    /// Matches that are forecast between two trainings of a recipe.
    private struct Stretch {
        let rows: ArraySlice<Fitted.Row>
        let isAfterChampion: Bool
    }

    /// The fewest matches for which a recipe is trained anew, about a month of them.
    private static let leastStretch = 38
    private static let mostStretches = 4

    let recipe: Recipe
    let champion: Champion?
    private let rows: [Fitted.Row]
    private let stretches: [Stretch]

    /// Plans to forecast the newest `held` of the rows, which are in the order of their days.
    init(rows: [Fitted.Row], held: Int, recipe: Recipe, champion: Champion?) {
        self.rows = rows
        self.recipe = recipe
        self.champion = champion
        // A day's matches are forecast together: none of them is known before the others.
        var start = max(0, rows.count - held)
        while start > 0, start < rows.count, rows[start - 1].match.fixture.day == rows[start].match.fixture.day {
            start -= 1
        }
        guard let champion else {
            stretches = start < rows.count ? [Stretch(rows: rows[start...], isAfterChampion: false)] : []
            return
        }
        let later = rows[start...].firstIndex { $0.match.fixture.day > champion.lastDay } ?? rows.count
        var stretches: [Stretch] = []
        if start < later { stretches.append(Stretch(rows: rows[start..<later], isAfterChampion: false)) }
        let size = max(
            WalkForward.leastStretch, (rows.count - later + WalkForward.mostStretches - 1) / WalkForward.mostStretches)
        var next = later
        while next < rows.count {
            var end = min(rows.count, next + size)
            while end < rows.count, rows[end - 1].match.fixture.day == rows[end].match.fixture.day { end += 1 }
            stretches.append(Stretch(rows: rows[next..<end], isAfterChampion: true))
            next = end
        }
        self.stretches = stretches
    }

    /// Matches before the first that is forecast.
    var past: ArraySlice<Fitted.Row> { rows[..<(stretches.first?.rows.startIndex ?? rows.count)] }

    /// How many times a recipe is trained.
    var fits: Int { stretches.count + (refitsChampion ? 1 : 0) }

    private var refitsChampion: Bool {
        guard let other = champion?.recipe, !other.trainsAlike(recipe) else { return false }
        return stretches.contains { !$0.isAfterChampion }
    }

    /// Forecasts every match; nil if what was before them cannot be learnt from.
    func forecasts(
        progress: @Sendable (Int) -> Void
    ) async throws(ForestError) -> (judged: [JudgedMatch], withOdds: [Calibration.Past])? {
        var judged: [JudgedMatch] = []
        var withOdds: [Calibration.Past] = []
        for stretch in stretches {
            let before = Array(rows[..<stretch.rows.startIndex])
            guard let fitted = try await ServingModel.fit(before, recipe, progress: progress) else { return nil }
            var rival: (model: ServingModel, basis: JudgedMatch.Basis)?
            if let champion {
                if stretch.isAfterChampion {
                    rival = (champion.model, .own)
                } else if refitsChampion, let recipe = champion.recipe {
                    rival = try await ServingModel.fit(before, recipe, progress: progress).map { ($0, .refitted) }
                } else if champion.recipe != nil {
                    rival = (fitted, .refitted)
                }
            }
            for row in stretch.rows {
                let match = row.match
                let forecast = try fitted.forecast(row.features).probabilities
                var other: (OutcomeProbabilities, JudgedMatch.Basis)?
                if let rival {
                    other = (try rival.model.forecast(row.features).probabilities, rival.basis)
                } else if let recorded = champion?.recorded[match.fixture.key] {
                    other = (recorded, .recorded)
                }
                judged.append(
                    JudgedMatch(
                        day: match.fixture.day, outcome: match.result.outcome, candidate: forecast, champion: other,
                        market: match.fixture.forecastOdds?.impliedProbabilities))
                if let market = LeagueBook.market(in: row.features) {
                    withOdds.append((forecast, market, match.result.outcome))
                }
            }
        }
        return (judged, withOdds)
    }
}

extension Recipe {
    /// Whether two recipes make the same model of the same matches, on however many threads.
    func trainsAlike(_ other: Recipe) -> Bool {
        var alike = other
        alike.threads = threads
        return self == alike
    }
}
