internal import FoundationEssentials
internal import History

extension Judgement {
    /// The verdict in one sentence, with its numbers.
    var reason: String {
        guard let logLoss else {
            return promotes
                ? "there is no champion to compare with, and its forecasts of \(matches) matches are sane" : objections
        }
        let numbers =
            "log loss \(Judgement.signed(logLoss.mean)) against the champion on \(logLoss.matches) matches"
            + " (\(Judgement.signed(logLoss.lower)) to \(Judgement.signed(logLoss.upper)))"
        return promotes ? "not worse: \(numbers)" : "\(objections): \(numbers)"
    }

    private var objections: String {
        findings.map { finding in
            switch finding {
            case .insane: "its probabilities are not sane"
            case .biased: "its mean forecast is out of reach of what happened"
            case .leak: "it is too good to be honest against the market"
            case .incomparable: "the champion forecast too few of the matches to be compared with"
            case .worse: "it is worse than the champion by more than the margin"
            case .miscalibrated: "it is calibrated worse than the champion"
            }
        }.joined(separator: ", ")
    }

    /// Everything that was found, as JSON.
    var evidence: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        // What is not finite is the very thing that evidence must show.
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    /// The judgement that an event's evidence tells of; nil if it tells of none.
    init?(evidence: String) {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        guard let read = try? decoder.decode(Judgement.self, from: Data(evidence.utf8)) else { return nil }
        self = read
    }

    /// What becomes of the candidate.
    func verdict(requester: ModelChange.Requester, at instant: Date) -> ModelVerdict {
        let change = ModelChange(reason: reason, evidence: evidence, requester: requester, at: instant)
        return promotes ? .promoted(change) : .rejected(change)
    }

    private static func signed(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e6 else { return "\(value)" }
        let scaled = Int((abs(value) * 10_000).rounded())
        let digits = String(scaled % 10_000)
        return (value < 0 && scaled > 0 ? "-" : "+") + "\(scaled / 10_000)."
            + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
