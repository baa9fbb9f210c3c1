internal import Drift
internal import Football

/// What is compared of matches, column by column.
///
/// It holds each match's own columns, not rolling features: those share most of their matches with their neighbours,
/// which a two-sample test would take for evidence. The odds' margin stands apart: it truly trends.
struct DriftTable: Sendable {
    /// The features that are judged together.
    static let features: [(name: String, kind: FeatureKind)] =
        columns.map { name, _ in (name, name.hasPrefix("implied_") ? .prices : .numbers) } + [("outcome", .categories)]

    /// The columns of a match that are judged together, by their place in ``MatchColumns``.
    private static let columns = MatchColumns.names.enumerated().filter { $0.element != "overround" }.map {
        (name: $0.element, place: $0.offset)
    }
    private static let marginPlace = MatchColumns.names.firstIndex(of: "overround") ?? 0

    /// The values of each of ``features``, oldest match first.
    private(set) var values: [[Double]]
    /// The bookmaker's margin of each match; NaN without odds.
    private(set) var margins: [Double] = []

    /// How many matches there are.
    var count: Int { margins.count }

    init(_ matches: some Collection<Match>) {
        values = Array(repeating: [], count: DriftTable.features.count)
        for index in values.indices { values[index].reserveCapacity(matches.count) }
        margins.reserveCapacity(matches.count)
        for match in matches {
            let row = MatchColumns.values(of: match)
            for (index, column) in DriftTable.columns.enumerated() { values[index].append(row[column.place]) }
            values[DriftTable.columns.count].append(Double(match.result.outcome.rawValue))
            margins.append(row[DriftTable.marginPlace])
        }
    }

    /// The matches at some places, in that order; a place may come more than once.
    init(_ table: DriftTable, at places: [Int]) {
        values = table.values.map { column in places.map { column[$0] } }
        margins = places.map { table.margins[$0] }
    }

    /// Matches one by one as rows without missing values, of the features that are numbers.
    func rows(_ range: Range<Int>) -> [[Double]] {
        range.compactMap { place in
            let row = values.dropLast().map { $0[place] }
            return row.contains(where: \.isNaN) ? nil : row
        }
    }

    /// Puts a value in the place of every one from a match on, as an injected fault does.
    mutating func change(_ feature: Int, from place: Int, _ body: (Double) -> Double) {
        for index in place..<count { values[feature][index] = body(values[feature][index]) }
    }

    /// Changes the margin from a match on.
    mutating func changeMargin(from place: Int, by shift: Double) {
        for index in place..<count { margins[index] += shift }
    }
}
