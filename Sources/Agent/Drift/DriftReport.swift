internal import Drift
internal import FoundationEssentials

extension Snapshot {
    /// One look for drift: the newest matches against those before, and the stream of scores.
    struct DriftReport: Sendable {
        /// The verdict on each feature of the matches and of the forecasts.
        let columns: [FeatureDrift]
        /// Matches that were compared with.
        let referenceMatches: Int
        /// Newest matches that were compared.
        let windowMatches: Int
        /// How far the odds' margin moved; nil with too few odds.
        var margin: MarginShift?
        /// How well a forest tells the newest matches from the others; nil with too few.
        var toldApart: TwoSampleResult?
        /// What each detector says of the stream of scores; empty while there are none.
        var streams: [StreamStanding] = []
        /// Since when each feature, the margin (`overround`) and each detector has been found changed.
        var foundAt: [String: Date] = [:]
        /// Features that changed another time after a champion had learnt the change that was found before.
        var changedAgain: Set<String> = []
        /// When the champion that was judged was trained; nil without one.
        var trainedAt: Date?
        /// False alarms of this rule on the history itself, shuffled so that nothing drifts.
        var replay = DriftReplay()
        /// The settings it was made by; nil where that does not matter.
        var settings: Settings.Drift?

        /// Features that drifted, and that no champion has been trained on since they were found.
        ///
        /// - Parameter trainedAt: When the champion that serves now was trained; nil without one.
        /// - Returns: Their names.
        func unlearnt(by trainedAt: Date?) -> [String] {
            columns.filter { $0.state == .drifted }.map(\.name).filter { name in
                guard let found = foundAt[name], let trainedAt else { return true }
                return found > trainedAt
            }
        }
    }
}
