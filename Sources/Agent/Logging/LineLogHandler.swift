internal import FoundationEssentials
internal import Glibc
internal import Logging
internal import Synchronization

/// Writes one line a record to standard error, as logfmt or JSON.
///
/// Under journald the line has no time of its own but a priority prefix, as sd-daemon(3) asks.
struct LineLogHandler: LogHandler {
    let format: LogFormat
    let underJournal: Bool
    let threshold: LogThreshold
    var metadata: Logger.Metadata = [:]

    var logLevel: Logger.Level {
        get { threshold.level }
        // The threshold is shared by all loggers and follows the configuration.
        set {}
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let merged = metadata.merging(event.metadata ?? [:]) { $1 }
        var pairs: [(String, String)] = []
        if !underJournal { pairs.append(("ts", Date().formatted(.iso8601WithMilliseconds))) }
        pairs.append(("level", event.level.short))
        pairs.append(("msg", "\(event.message)"))
        pairs += merged.sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") }
        let prefix = underJournal ? "<\(event.level.priority)>" : ""
        write(prefix + (format == .json ? LogLine.json(pairs) : LogLine.logfmt(pairs)) + "\n")
    }

    /// One call to the kernel, so that lines of several threads never mix.
    private func write(_ line: String) {
        var line = line
        line.withUTF8 { bytes in _ = Glibc.write(STDERR_FILENO, bytes.baseAddress, bytes.count) }
    }
}

/// The least severe level that is written; it follows a reload.
final class LogThreshold: Sendable {
    private let stored: Atomic<Int>

    init(_ level: LogLevel) {
        stored = Atomic(LogThreshold.index(of: level))
    }

    var level: Logger.Level { Logger.Level.allCases[stored.load(ordering: .relaxed)] }

    func set(_ level: LogLevel) { stored.store(LogThreshold.index(of: level), ordering: .relaxed) }

    private static func index(of level: LogLevel) -> Int {
        let level: Logger.Level =
            switch level {
            case .debug: .debug
            case .info: .info
            case .warn: .warning
            case .error: .error
            }
        return Logger.Level.allCases.firstIndex(of: level) ?? 0
    }
}

extension Logger.Level {
    fileprivate var short: String {
        switch self {
        case .trace, .debug: "debug"
        case .info, .notice: "info"
        case .warning: "warn"
        case .error, .critical: "error"
        }
    }

    /// The priority of syslog(3).
    fileprivate var priority: Int {
        switch self {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }
}

extension FormatStyle where Self == Date.ISO8601FormatStyle {
    fileprivate static var iso8601WithMilliseconds: Date.ISO8601FormatStyle {
        Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    }
}
