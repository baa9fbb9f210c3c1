import FoundationEssentials
import Glibc

/// An append-only file of records: each has a length, a checksum and a text.
struct SpoolFile: ~Copyable {
    /// Where a record's text is.
    struct Place: Sendable, Hashable {
        let offset: Int
        let length: Int
    }

    private static let header = Array("TLSPOOL1".utf8)
    private static let longestRecord = 1 << 30
    private let descriptor: Int32
    let path: String
    /// The records' places, oldest first.
    private(set) var places: [Place] = []
    /// The file's size.
    private(set) var bytes = header.count
    /// How many bytes of a torn or damaged end were moved to a file beside it.
    private(set) var damagedBytes = 0

    /// Opens or makes the file, and takes it for this process alone.
    ///
    /// What follows the last whole record was never acknowledged, or is damaged: it goes to `<path>.damaged`.
    init(_ path: String) throws(HistoryError) {
        self.path = path
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .spool(action: "open \(path)", message: String(cString: strerror(errno))) }
        // A child that is being started holds the lock of a process that has just let it go, until it is another program.
        var attempts = 20
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0, attempts > 0 {
            attempts -= 1
            usleep(50_000)
        }
        guard attempts > 0 else {
            throw .spool(action: "open \(path)", message: "another agent uses it: give each its own state directory")
        }
        let content = try SpoolFile.read(descriptor, path)
        if content.isEmpty {
            try write(SpoolFile.header, at: 0)
            try synchronize()
            return
        }
        guard content.starts(with: SpoolFile.header) else {
            throw .spool(action: "read \(path)", message: "it is not a spool")
        }
        var offset = SpoolFile.header.count
        while let place = SpoolFile.record(in: content, at: offset) {
            places.append(place)
            offset = place.offset + place.length
        }
        bytes = offset
        if offset < content.count {
            damagedBytes = content.count - offset
            try SpoolFile.append(Array(content[offset...]), to: path + ".damaged")
            try truncate(to: offset)
        }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Appends records, which are safe once ``synchronize()`` returned.
    mutating func append(_ record: [UInt8]) throws(HistoryError) {
        do {
            try write(record, at: bytes)
        } catch {
            // A part of it may stand in the file, where the next record goes.
            try? truncate(to: bytes)
            throw error
        }
        places.append(Place(offset: bytes + 8, length: record.count - 8))
        bytes += record.count
    }

    /// Returns once everything that was appended is on the disk.
    func synchronize() throws(HistoryError) {
        guard fdatasync(descriptor) == 0 else { throw failure("flush") }
    }

    /// The text of a record.
    func text(at place: Place) throws(HistoryError) -> [UInt8] {
        var text = [UInt8](repeating: 0, count: place.length)
        let count = pread(descriptor, &text, place.length, place.offset)
        guard count == place.length else { throw failure("read") }
        return text
    }

    /// Forgets the oldest records; the file is emptied with its last.
    mutating func removeFirst(_ count: Int) throws(HistoryError) {
        places.removeFirst(min(count, places.count))
        guard places.isEmpty else { return }
        bytes = SpoolFile.header.count
        try truncate(to: bytes)
    }

    /// Puts a record that nobody can use into a file of its own, where a person finds it.
    func setAside(_ place: Place) throws(HistoryError) {
        let text = try text(at: place)
        try SpoolFile.append(text + [UInt8(ascii: "\n")], to: path + ".refused")
    }

    private func truncate(to size: Int) throws(HistoryError) {
        guard ftruncate(descriptor, size) == 0 else { throw failure("truncate") }
        try synchronize()
    }

    private func write(_ bytes: [UInt8], at offset: Int) throws(HistoryError) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { raw in
                raw.baseAddress.map { pwrite(descriptor, $0 + sent, bytes.count - sent, offset + sent) } ?? 0
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("write to") }
            sent += count
        }
    }

    private func failure(_ action: String) -> HistoryError {
        .spool(action: "\(action) \(path)", message: String(cString: strerror(errno)))
    }

    private static func record(in content: [UInt8], at offset: Int) -> Place? {
        guard offset + 8 <= content.count else { return nil }
        func number(_ start: Int) -> UInt32 { content[start..<start + 4].reduce(0) { $0 << 8 | UInt32($1) } }
        let length = Int(number(offset))
        guard length <= longestRecord, offset + 8 + length <= content.count else { return nil }
        let text = content[offset + 8..<offset + 8 + length]
        guard CRC32.checksum(text) == number(offset + 4) else { return nil }
        return Place(offset: offset + 8, length: length)
    }

    private static func read(_ descriptor: Int32, _ path: String) throws(HistoryError) -> [UInt8] {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw .spool(action: "read \(path)", message: String(cString: strerror(errno)))
        }
        var content = [UInt8](repeating: 0, count: Int(status.st_size))
        var done = 0
        while done < content.count {
            let count = content.withUnsafeMutableBytes { raw in
                raw.baseAddress.map { pread(descriptor, $0 + done, raw.count - done, done) } ?? 0
            }
            guard count > 0 else { throw .spool(action: "read \(path)", message: String(cString: strerror(errno))) }
            done += count
        }
        return content
    }

    private static func append(_ bytes: [UInt8], to path: String) throws(HistoryError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
        defer { if descriptor >= 0 { close(descriptor) } }
        guard descriptor >= 0, Glibc.write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0
        else { throw .spool(action: "write to \(path)", message: String(cString: strerror(errno))) }
    }
}
