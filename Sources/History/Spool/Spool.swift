import FoundationEssentials
import Glibc
import Synchronization

/// Keeps facts in a file while PostgreSQL is away, in order, until they are replayed.
///
/// A fact is on the disk when ``append(_:)`` returns; those that wait at the same time share one flush. The file is
/// bounded: when it is full, facts are refused, which callers must not take for kept. It belongs to one process.
public actor Spool {
    private let path: String
    private let maximumBytes: Int
    private let executor = BlockingExecutor(label: "touchline.history.spool")
    private var opened: SpoolFile?
    private var ages: [Date] = []
    private var refused = 0
    private var flushing: [CheckedContinuation<HistoryError?, Never>]?
    private let published: Mutex<SpoolStanding>

    /// Describes the spool of a state directory; the file is made when it is first needed.
    ///
    /// - Parameters:
    ///   - stateDirectory: The file is `spool` in it.
    ///   - maximumBytes: The size that the file may reach.
    public init(stateDirectory: String, maximumBytes: Int = 64 << 20) {
        path = stateDirectory + "/spool"
        self.maximumBytes = maximumBytes
        published = Mutex(SpoolStanding(maximumBytes: maximumBytes))
    }

    /// The thread on which the file is read and written.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// What waits, as of the last change; reads memory only.
    public nonisolated var standing: SpoolStanding { published.withLock { $0 } }

    /// Opens the file and counts what waits in it.
    public func open() throws(HistoryError) {
        guard opened == nil else { return }
        let folder = path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex)
        do {
            try FileManager.default.createDirectory(
                atPath: String(folder), withIntermediateDirectories: true,
                attributes: [.posixPermissions: geteuid() == 0 ? 0o755 : 0o700])
        } catch {
            throw .spool(action: "make \(folder)", message: HistoryError.oneLine("\(error)"))
        }
        let file = try SpoolFile(path)
        for place in file.places {
            ages.append((try? SpoolEntry(text: file.text(at: place)))?.at ?? .distantPast)
        }
        opened = consume file
        publish()
    }

    /// Adds a fact at the end, and returns when it is on the disk.
    func append(_ entry: SpoolEntry) async throws(HistoryError) {
        try open()
        let record = try entry.record()
        guard (opened?.bytes ?? 0) + record.count <= maximumBytes else { throw .spoolFull(bytes: maximumBytes) }
        try opened?.append(record)
        ages.append(entry.at)
        publish()
        if let failure = await flushed() { throw failure }
    }

    /// The facts that wait longest, oldest first: so many at most of those that one statement writes, or one other.
    func first(_ limit: Int) throws(HistoryError) -> [SpoolEntry] {
        try open()
        var entries: [SpoolEntry] = []
        for place in opened?.places.prefix(limit) ?? [] {
            guard let text = try opened?.text(at: place) else { break }
            // One that cannot be read is met again once those before it are gone.
            guard let entry = entries.isEmpty ? try SpoolEntry(text: text) : try? SpoolEntry(text: text) else { break }
            if !entries.isEmpty, entry.fact.statement == nil { break }
            entries.append(entry)
            if entry.fact.statement == nil { break }
        }
        return entries
    }

    /// Forgets the facts that waited longest, because the database has them.
    func removeFirst(_ count: Int = 1) throws(HistoryError) {
        defer { publish() }
        ages.removeFirst(min(count, ages.count))
        try opened?.removeFirst(count)
    }

    /// Moves the fact that waited longest to `spool.refused`: no waiting makes the database take it.
    func refuseFirst() throws(HistoryError) {
        if let place = opened?.places.first { try opened?.setAside(place) }
        refused += 1
        try removeFirst()
    }

    /// Waits until what is in the file is on the disk: the first to ask flushes for all who ask before it does.
    private func flushed() async -> HistoryError? {
        if flushing != nil {
            return await withCheckedContinuation { flushing?.append($0) }
        }
        flushing = []
        await Task.yield()
        var failure: HistoryError?
        do throws(HistoryError) {
            try opened?.synchronize()
        } catch {
            failure = error
        }
        let waiting = flushing ?? []
        flushing = nil
        for continuation in waiting { continuation.resume(returning: failure) }
        return failure
    }

    private func publish() {
        let standing = SpoolStanding(
            pending: ages.count, oldest: ages.first, bytes: opened?.bytes ?? 0, maximumBytes: maximumBytes,
            refused: refused, damagedBytes: opened?.damagedBytes ?? 0)
        published.withLock { $0 = standing }
    }
}
