internal import Football
internal import FoundationEssentials
internal import History

/// Why a model's file is refused.
enum ModelFileError: Error, Sendable, CustomStringConvertible {
    /// It does not begin as one does.
    case foreign
    /// A later program wrote it.
    case newer(version: UInt32)
    /// It was cut off or changed.
    case damaged(String)
    /// The model in it is refused.
    case model(ModelBytesError)

    /// One line for a terminal.
    var description: String {
        switch self {
        case .foreign: "it is not a model that 'touchline models export' wrote"
        case .newer(let version): "it has format \(version), written by a later version of Touchline: install that"
        case .damaged(let why): "it is damaged: \(why); copy or export it again"
        case .model(let error): "\(error)"
        }
    }
}

/// A model in a single file: magic, format version, what is known of it as JSON, its bytes, and a checksum.
struct ModelFile: Sendable {
    private static let magic = Array("TOUCHFIL".utf8)
    private static let version: UInt32 = 1

    /// What is known of the model, as the registry has it.
    private struct Head: Codable {
        let trainedAt: Date
        let featureSet: String
        let seed: UInt64
        let options: String
        let matches: Int
        let firstDay: Int32
        let lastDay: Int32
        let holdout: String
        let synthetic: Bool
        let trainingSeconds: Double
        let features: [String]
        let dataChecksum: String?
        let calibration: String
        let bytesChecksum: String
        let exportedFrom: Int64?
    }

    /// The model; its number is the one that it had where it was exported.
    let model: StoredModel
    /// The SHA-256 of the model's bytes, in hexadecimal.
    let bytesChecksum: String

    init(_ model: StoredModel, bytesChecksum: String) {
        self.model = model
        self.bytesChecksum = bytesChecksum
    }

    /// The file's bytes: numbers are little-endian.
    var bytes: [UInt8] {
        let head = Head(
            trainedAt: model.trainedAt, featureSet: model.featureSet, seed: model.seed, options: model.options,
            matches: model.matches, firstDay: model.firstDay.number, lastDay: model.lastDay.number,
            holdout: model.holdout, synthetic: model.synthetic, trainingSeconds: model.trainingSeconds,
            features: model.features, dataChecksum: model.dataChecksum, calibration: model.calibration,
            bytesChecksum: bytesChecksum, exportedFrom: model.id)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let text = (try? encoder.encode(head)).map(Array.init) ?? []
        var bytes = Self.magic
        for number in [Self.version, UInt32(text.count)] {
            withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
        }
        bytes += text + model.bytes
        withUnsafeBytes(of: bytes.fingerprint.littleEndian) { bytes.append(contentsOf: $0) }
        return bytes
    }

    /// Reads a file that ``bytes`` wrote, and makes sure that the model in it can be served.
    init(bytes: [UInt8]) throws(ModelFileError) {
        guard bytes.starts(with: Self.magic) else { throw .foreign }
        guard bytes.count >= 24 else { throw .damaged("it ends after \(bytes.count) bytes") }
        func number(at place: Int, bytes count: Int) -> UInt64 {
            bytes[place..<place + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
        let version = UInt32(number(at: 8, bytes: 4))
        guard version <= Self.version else { throw .newer(version: version) }
        guard bytes.dropLast(8).fingerprint == number(at: bytes.count - 8, bytes: 8) else {
            throw .damaged("its checksum does not fit")
        }
        let body = 16 + Int(number(at: 12, bytes: 4))
        guard body <= bytes.count - 8,
            let head = try? JSONDecoder().decode(Head.self, from: Data(bytes[16..<body]))
        else { throw .damaged("its head cannot be read") }
        let content = Array(bytes[body..<bytes.count - 8])
        do throws(ModelBytesError) {
            _ = try ServingModel(bytes: content)
        } catch {
            throw .model(error)
        }
        model = StoredModel(
            id: head.exportedFrom, trainedAt: head.trainedAt, featureSet: head.featureSet, seed: head.seed,
            options: head.options, matches: head.matches, firstDay: Day(number: head.firstDay),
            lastDay: Day(number: head.lastDay), holdout: head.holdout, bytes: content, synthetic: head.synthetic,
            trainingSeconds: head.trainingSeconds, features: head.features, dataChecksum: head.dataChecksum,
            calibration: head.calibration)
        bytesChecksum = head.bytesChecksum
    }
}
