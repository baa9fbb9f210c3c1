/// Generalised attacking performance: how often a team does something, and lets it be done, against the league's mean.
///
/// Source: E. Wheatcroft, International Journal of Forecasting 36 (2020).
struct AttackRatings: Sendable {
    struct Rating: Averageable {
        var homeAttack = 1.0
        var homeDefence = 1.0
        var awayAttack = 1.0
        var awayDefence = 1.0

        static func mean(_ values: [Rating]) -> Rating {
            Rating(
                homeAttack: .mean(values.map(\.homeAttack)), homeDefence: .mean(values.map(\.homeDefence)),
                awayAttack: .mean(values.map(\.awayAttack)), awayDefence: .mean(values.map(\.awayDefence)))
        }
    }

    private static let rate = 0.10
    private static let venue = 0.55
    /// With fewer matches than this the league's mean is hardly known, and a match's own counts help to tell it.
    private static let fewMatches = 50
    let statistic: Statistic
    private var table = RatingTable(start: Rating())
    private var recent = Recent<Sides<Int>>(limit: 380)

    init(_ statistic: Statistic) { self.statistic = statistic }

    mutating func beginSeason(after final: FinalTable) { table.beginSeason(after: final) }

    /// Expected counts as multiples of the league's mean at home and away.
    func expected(home: String, away: String) -> (home: Double, away: Double) {
        let (host, guest) = (table[home], table[away])
        return ((host.homeAttack + guest.awayDefence) / 2, (guest.awayAttack + host.homeDefence) / 2)
    }

    /// Takes in the matches of one day, each compared with the league's mean before that day.
    ///
    /// The first matches of all are compared with the mean up to and with themselves, in the order of the feed.
    mutating func play(_ matches: [Match]) {
        let counted = matches.compactMap { match in
            match.result.statistics[statistic].map { (match.fixture.key, $0) }
        }
        let before = recent.count < AttackRatings.fewMatches ? nil : means
        for (key, counts) in counted {
            recent.append(counts)
            guard let means = before ?? self.means else { continue }
            learn(key, Double(counts.home) / means.home, Double(counts.away) / means.away)
        }
    }

    private var means: (home: Double, away: Double)? {
        guard recent.count > 0 else { return nil }
        let home = recent.reduce(0) { $0 + $1.home }
        let away = recent.reduce(0) { $0 + $1.away }
        guard home > 0, away > 0 else { return nil }
        return (Double(home) / Double(recent.count), Double(away) / Double(recent.count))
    }

    private mutating func learn(_ key: MatchKey, _ home: Double, _ away: Double) {
        let expected = expected(home: key.home, away: key.away)
        let (near, far) = (AttackRatings.rate * AttackRatings.venue, AttackRatings.rate * (1 - AttackRatings.venue))
        let (homeError, awayError) = (home - expected.home, away - expected.away)
        var host = table[key.home]
        host.homeAttack += near * homeError
        host.awayAttack += far * homeError
        host.homeDefence += near * awayError
        host.awayDefence += far * awayError
        table[key.home] = host
        var guest = table[key.away]
        guest.awayAttack += near * awayError
        guest.homeAttack += far * awayError
        guest.awayDefence += near * homeError
        guest.homeDefence += far * homeError
        table[key.away] = guest
    }
}

/// The last so many values.
struct Recent<Element: Sendable>: Sendable {
    let limit: Int
    private var elements: [Element] = []
    private var next = 0

    init(limit: Int) { self.limit = limit }

    var count: Int { elements.count }

    mutating func append(_ element: Element) {
        if elements.count < limit {
            elements.append(element)
        } else {
            elements[next] = element
            next = (next + 1) % limit
        }
    }

    func reduce<Result>(_ start: Result, _ add: (Result, Element) -> Result) -> Result { elements.reduce(start, add) }
}
