/// The teams met in a file: each spelling is checked once and then known by its bytes.
final class TeamTable {
    private struct Known {
        let spelling: [UInt8]
        let number: Int
    }

    private let names: ClubNames?
    private var bySpelling: [UInt64: Known] = [:]
    private var byName: [String: Int] = [:]
    private var all: [String] = []

    /// Starts empty; without names any team is taken as it is.
    init(_ names: ClubNames?) {
        self.names = names
    }

    /// The canonical name of a number.
    func name(_ number: Int) -> String { all[number] }

    /// The number of the team that a field names.
    @inline(__always)
    func number(_ field: Field) throws(BrokenRule) -> Int {
        // FNV-1a; the bytes decide, so that two spellings of one hash only cost time.
        var hash: UInt64 = 14_695_981_039_346_656_037
        for offset in 0..<field.count { hash = (hash ^ UInt64(field.start[offset])) &* 1_099_511_628_211 }
        if let known = bySpelling[hash], field.elementsEqual(known.spelling) { return known.number }
        let number = try meet(field)
        bySpelling[hash] = Known(spelling: Array(field.bytes), number: number)
        return number
    }

    /// The number of a team by its canonical name.
    func number(of name: String) -> Int {
        if let number = byName[name] { return number }
        byName[name] = all.count
        all.append(name)
        return all.count - 1
    }

    private func meet(_ field: Field) throws(BrokenRule) -> Int {
        guard !field.isEmpty, field.count <= 100 else { throw BrokenRule(.team, field) }
        guard let spelling = String(validating: field.bytes, as: UTF8.self),
            !field.bytes.contains(where: { $0 < 0x20 || $0 == 0x7F })
        else { throw BrokenRule(.encoding, field) }
        return number(of: try TeamTable.canonical(spelling, names))
    }

    /// The canonical name that a spelling stands for; without names, the spelling itself.
    static func canonical(_ spelling: String, _ names: ClubNames?) throws(BrokenRule) -> String {
        guard let names else { return spelling }
        if let name = names[spelling] { return name }
        let nearest = names.nearest(to: spelling).joined(separator: ", ")
        throw BrokenRule(.unknownTeam, "\(spelling); nearest: \(nearest.isEmpty ? "none" : nearest)".utf8)
    }
}
