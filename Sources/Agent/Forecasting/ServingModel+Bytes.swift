internal import Football
internal import Forest
internal import FoundationEssentials

/// Why a model's bytes are refused.
enum ModelBytesError: Error, Sendable, CustomStringConvertible {
    /// They do not begin as a model does.
    case foreign
    /// A later program wrote them.
    case newer(version: UInt32)
    /// They were cut off or changed.
    case damaged(String)
    /// The model reads features that this program does not compute.
    case otherFeatures
    /// The model moves another opinion of the market than the one this program forms; nil if it does not say which.
    case otherMarket(String?)
    /// Its forest is refused.
    case forest(ForestError)

    /// One line for a log or a terminal.
    var description: String {
        switch self {
        case .foreign: "these bytes are not a model of Touchline's"
        case .newer(let version): "the model has format \(version), written by a later version of Touchline"
        case .damaged(let why): "the model is damaged: \(why)"
        case .otherFeatures: "the model was trained on other features than this version computes; train anew"
        case .otherMarket(let market):
            "the model moves \(market.map { "the market as '\($0)'" } ?? "an opinion of the market that it does not name"),"
                + " and this version forms '\(Fixture.consensusName)'; train anew"
        case .forest(let error): "the model's forest is refused: \(error)"
        }
    }
}

extension ServingModel {
    private static let magic = Array("TOUCHMDL".utf8)
    /// From 2 on a model says which opinion of the market it moves.
    private static let version: UInt32 = 2

    /// What is stored beside the forest.
    private struct Head: Codable {
        /// ``Fixture/consensusName`` when the model was trained.
        let market: String?
        let features: [String]
        let noOddsFeatures: [String]
        let shrinkage: Double
        let noOdds: OutcomeRegression?
        let prior: [Double]
        let calibration: Calibration
    }

    /// The model in little-endian bytes, with a version and a checksum; equal models have equal bytes.
    var bytes: [UInt8] {
        let head = Head(
            market: Fixture.consensusName, features: FeatureSet.market.names, noOddsFeatures: FeatureSet.noOdds.names,
            shrinkage: shrinkage,
            noOdds: noOdds, prior: prior.values, calibration: calibration)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let text = (try? encoder.encode(head)).map(Array.init) ?? []
        var bytes = Self.magic + Self.little(Self.version) + Self.little(UInt32(text.count)) + text + offset.bytes
        bytes += Self.little(bytes.fingerprint)
        return bytes
    }

    /// Reads a model that ``bytes`` wrote.
    init(bytes: [UInt8]) throws(ModelBytesError) {
        guard bytes.starts(with: Self.magic) else { throw .foreign }
        guard bytes.count >= 24 else { throw .damaged("it ends after \(bytes.count) bytes") }
        let version: UInt32 = Self.integer(bytes[8..<12])
        guard version <= Self.version else { throw .newer(version: version) }
        let body = bytes.dropLast(8)
        guard body.fingerprint == Self.integer(bytes.suffix(8)) else { throw .damaged("its checksum does not fit") }
        let length = Int(Self.integer(bytes[12..<16]) as UInt32)
        guard body.count >= 16 + length,
            let head = try? JSONDecoder().decode(Head.self, from: Data(body[16..<16 + length])), head.prior.count == 3
        else { throw .damaged("its head cannot be read") }
        guard head.features == FeatureSet.market.names, head.noOddsFeatures == FeatureSet.noOdds.names else {
            throw .otherFeatures
        }
        guard head.market == Fixture.consensusName else { throw .otherMarket(head.market) }
        do throws(ForestError) {
            offset = try RegressionForest(bytes: Array(body.dropFirst(16 + length)))
        } catch {
            throw .forest(error)
        }
        guard offset.featureNames == head.features, offset.targets == 3 else { throw .otherFeatures }
        shrinkage = head.shrinkage
        noOdds = head.noOdds
        prior = OutcomeProbabilities(normalising: head.prior)
        calibration = head.calibration
    }

    private static func little(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }

    private static func integer<Value: FixedWidthInteger>(_ bytes: ArraySlice<UInt8>) -> Value {
        bytes.reversed().reduce(0) { $0 << 8 | Value($1) }
    }
}
