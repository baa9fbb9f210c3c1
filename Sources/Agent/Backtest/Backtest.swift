internal import Football
internal import Forest
internal import FoundationEssentials

/// Forecasts past seasons block by block, each by a model trained only on the matches before it.
///
/// A block is Friday to Monday or Tuesday to Thursday. The first season of the history only teaches ratings.
public struct Backtest: Sendable {
    /// What to forecast, and by what.
    public struct Options: Sendable {
        /// `market`, `odds`, `no-odds`, `seed15`, or the benchmark `seed15-post`, which sees the match itself.
        public var features = "market"
        /// The year in which the first season to forecast starts.
        public var firstSeason: Int
        /// The year in which the last season to forecast starts.
        public var lastSeason: Int
        /// Trees; nil for the set's own number.
        public var trees: Int?
        /// The fewest matches in a leaf; nil for the set's own number.
        public var minimumLeaf: Int?
        /// The deepest a tree may grow; nil for the set's own number.
        public var maximumDepth: Int?
        /// How many matches the assumption weighs that the market is right; nil for the set's own number.
        public var shrinkage: Double?
        /// Whether the forest learns from results even where closing odds are known.
        public var fromResults = false
        /// Whether each block's forecasts are corrected by what the forecasts before it taught.
        public var calibrate = false
        /// The seed of the forests.
        public var seed: UInt64 = 1
        /// Threads that train.
        public var threads = 1

        /// Makes options for some seasons, by the years in which they start.
        public init(firstSeason: Int, lastSeason: Int) {
            self.firstSeason = firstSeason
            self.lastSeason = lastSeason
        }
    }

    /// The names that ``Options/features`` can have.
    public static let featureSets = Recipe.Columns.names

    let recipe: Recipe
    let seasons: ClosedRange<Int>
    let calibrate: Bool

    /// Makes a backtest; throws ``AgentError/job(_:)`` for options that cannot be used.
    public init(_ options: Options) throws(AgentError) {
        guard let columns = Recipe.Columns(name: options.features) else {
            throw .job(
                "there is no feature set \(options.features); there are \(Backtest.featureSets.joined(separator: ", "))"
            )
        }
        guard options.firstSeason <= options.lastSeason else { throw .job("the last season is before the first") }
        var recipe = Recipe(columns, seed: options.seed, threads: options.threads)
        recipe.trees = options.trees ?? recipe.trees
        recipe.minimumLeaf = options.minimumLeaf ?? recipe.minimumLeaf
        recipe.maximumDepth = options.maximumDepth ?? recipe.maximumDepth
        if let shrinkage = options.shrinkage {
            recipe.shrinkage = shrinkage
            recipe.closingShrinkage = recipe.closingShrinkage.map { _ in shrinkage }
        }
        if options.fromResults { recipe.closingShrinkage = nil }
        do throws(ForestError) {
            try recipe.forest.validate()
        } catch {
            throw .job("\(error)")
        }
        guard recipe.shrinkage >= 0, recipe.shrinkage.isFinite else { throw .job("the shrinkage is below 0") }
        self.recipe = recipe
        seasons = options.firstSeason...options.lastSeason
        calibrate = options.calibrate
    }

    /// Forecasts the seasons out of a folder of season files (`2324/E0.csv`), as football-data.co.uk names them.
    ///
    /// - Parameters:
    ///   - folder: The folder, with every season from some year on.
    ///   - division: The division's code.
    ///   - output: A CSV file that gets every forecast as it is made; a run that was stopped goes on from there.
    ///   - progress: Is called after each block with the number of matches forecast and to forecast.
    /// - Returns: The scores.
    /// - Throws: ``AgentError/job(_:)`` that says what cannot be read, written or forecast.
    public func run(
        folder: String, division: String, output: String?, progress: @escaping @Sendable (Int, Int) -> Void
    ) async throws(AgentError) -> Report {
        try await run(SeasonFolder(path: folder, division: division).matches(), output: output, progress: progress)
    }

    /// Forecasts the seasons out of a history.
    func run(
        _ matches: [Match], output: String?, progress: @Sendable (Int, Int) -> Void
    ) async throws(AgentError) -> Report {
        let all = ForecastDesk.rows(for: matches)
        guard let burnIn = all.first?.match.fixture.key.season else { throw .job("there are no finished matches") }
        let rows = all.filter { $0.match.fixture.key.season > burnIn }
        var blocks: [(block: Block, rows: [Fitted.Row])] = []
        // A correction has to learn from forecasts: it gets those of the season before.
        let years = calibrate ? seasons.lowerBound - 1...seasons.upperBound : seasons
        for row in rows where years.contains(row.match.fixture.key.season.startYear) {
            let block = Block(containing: row.match.fixture.day)
            if blocks.last?.block != block { blocks.append((block, [])) }
            blocks[blocks.count - 1].rows.append(row)
        }
        guard !blocks.isEmpty else { throw .job("no season to forecast is in the history, or none is before it") }
        let expected = blocks.reduce(0) { $0 + $1.rows.count }
        let asked = rows.count { seasons.contains($0.match.fixture.key.season.startYear) }
        var journal = try ForecastJournal(path: output, fingerprint: fingerprint(matches))
        var forecasts: [Forecast] = []
        var done = 0
        for (block, members) in blocks {
            if let kept = journal.forecasts(of: members) {
                forecasts += kept
            } else {
                let made = try await forecast(members, from: rows.filter { $0.match.fixture.day < block.firstDay })
                try journal.append(made)
                forecasts += made
            }
            done += members.count
            progress(done, expected)
            if Task.isCancelled { throw .job("stopped before it was done") }
        }
        var used: [String: Int]?
        if calibrate { (forecasts, used) = calibrated(forecasts) }
        forecasts.removeAll { !seasons.contains($0.match.fixture.key.season.startYear) }
        return Report(forecasts, recipe: recipe, unforecast: asked - forecasts.count, calibrations: used)
    }

    /// Each block's forecasts, corrected by what did best on the forecasts before it, and how often by which.
    private func calibrated(_ forecasts: [Forecast]) -> ([Forecast], [String: Int]) {
        var past: [Calibration.Past] = []
        var corrected: [Forecast] = []
        var used: [String: Int] = [:]
        var start = 0
        while start < forecasts.count {
            let block = Block(containing: forecasts[start].match.fixture.day)
            let end = forecasts[start...].firstIndex { Block(containing: $0.match.fixture.day) != block }
            let members = forecasts[start..<(end ?? forecasts.count)]
            let calibration = Calibration.best(for: past)
            for member in members {
                let market = member.match.fixture.consensus
                corrected.append(Forecast(member.match, calibration.apply(member.probabilities, market: market)))
                past.append((member.probabilities, market, member.match.result.outcome))
                guard seasons.contains(member.match.fixture.key.season.startYear) else { continue }
                used[calibration.name, default: 0] += 1
            }
            start = members.endIndex
        }
        return (corrected, used)
    }

    private func forecast(_ members: [Fitted.Row], from past: [Fitted.Row]) async throws(AgentError) -> [Forecast] {
        do throws(ForestError) {
            guard let fitted = try await Fitted.fit(past, recipe) else { return [] }
            var made: [Forecast] = []
            for row in members {
                if let forecast = try fitted.forecast(row) { made.append(Forecast(row.match, forecast)) }
            }
            return made
        } catch {
            throw .job("\(error)")
        }
    }

    /// Tells forecasts apart that were made with other options or on other matches.
    private func fingerprint(_ matches: [Match]) -> String {
        var text = "\(recipe.columns.name) \(recipe.trees) \(recipe.maximumDepth) \(recipe.minimumLeaf) "
        text += "\(recipe.featureShare ?? 0) \(recipe.shrinkage) \(recipe.seed)"
        if let closing = recipe.closingShrinkage { text += " \(closing)" }
        for match in matches {
            let (fixture, goals) = (match.fixture, match.result.goals)
            text += " \(fixture.day) \(fixture.key.home) \(goals.home) \(goals.away) \(fixture.consensus?.home ?? 0)"
            if recipe.closingShrinkage != nil { text += " \(fixture.closingOpinion?.home ?? 0)" }
        }
        return String(text.utf8.fingerprint, radix: 16)
    }
}

extension Backtest {
    /// One forecast, and what happened.
    struct Forecast: Sendable {
        let match: Match
        let probabilities: OutcomeProbabilities

        init(_ match: Match, _ probabilities: OutcomeProbabilities) {
            self.match = match
            self.probabilities = probabilities
        }
    }
}
