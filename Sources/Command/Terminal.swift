internal import Glibc

/// What people see: answers on standard output, everything else on standard error.
enum Terminal {
    /// Whether standard error is a person's, who likes a line that changes.
    static var isInteractive: Bool { isatty(STDERR_FILENO) == 1 }

    static func print(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

    static func note(_ text: String) { write(text + "\n", to: STDERR_FILENO) }

    /// Rewrites the line that the cursor is on.
    static func redraw(_ text: String) { write("\r\u{1B}[2K" + text, to: STDERR_FILENO) }

    static func fail(_ why: String) -> Never {
        note("touchline: \(why)")
        exit(1)
    }

    private static func write(_ text: String, to descriptor: Int32) {
        var text = text
        text.withUTF8 { bytes in
            var sent = 0
            while sent < bytes.count {
                let count = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: sent), bytes.count - sent)
                guard count > 0 else { return }
                sent += count
            }
        }
    }
}
