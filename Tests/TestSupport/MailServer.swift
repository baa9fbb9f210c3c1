import Synchronization

/// A mail as a server took it.
public struct Mail: Sendable {
    /// Who sent it, as the envelope says.
    public let sender: String
    /// Whom it is for, as the envelope says.
    public let recipients: [String]
    /// Headers and body, lines ended by CRLF, dots as they were before the transfer.
    public let text: String

    /// A header's value, unfolded; nil if it is not there.
    public func header(_ name: String) -> String? {
        let head = text[..<(text.firstRange(of: "\r\n\r\n")?.lowerBound ?? text.endIndex)]
        let unfolded = head.replacing(/\r\n[ \t]+/, with: " ")
        return unfolded.split(separator: "\r\n").first { $0.lowercased().hasPrefix("\(name.lowercased()):") }
            .map { String($0.dropFirst(name.count + 1).drop { $0 == " " }) }
    }

    /// The first part of a kind such as `text/html`, with its quoted-printable encoding undone; nil without one.
    public func part(_ type: String) -> String? {
        guard let start = text.firstRange(of: "Content-Type: \(type)")?.upperBound,
            let body = text[start...].firstRange(of: "\r\n\r\n")?.upperBound
        else { return nil }
        let end = text[body...].firstRange(of: "\r\n--")?.lowerBound ?? text.endIndex
        var bytes: [UInt8] = []
        var rest = text[body..<end].replacing("=\r\n", with: "").replacing("\r\n", with: "\n").utf8[...]
        while let byte = rest.popFirst() {
            let code =
                byte == UInt8(ascii: "=") ? UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) : nil
            bytes.append(code ?? byte)
            if code != nil { rest = rest.dropFirst(2) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// A real SMTP server on 127.0.0.1 for tests, which takes every mail and delivers none (RFC 5321).
///
/// It stops when it is no longer referenced.
public final class MailServer: Sendable {
    /// The port it listens on.
    public let port: UInt16
    private let listener: LoopbackSocket
    private let state = State()

    private final class State: Sendable {
        let mails = Mutex<[Mail]>([])
    }

    /// Starts a server on a free port.
    ///
    /// - Throws: If there is none.
    public init() throws(LoopbackError) {
        let listening = try LoopbackSocket.listening(on: 0)
        (listener, port) = (listening.socket, listening.port)
        let (listener, state) = (listener, state)
        LoopbackState.spawnThread {
            while let socket = listener.accepted() {
                LoopbackState.spawnThread {
                    MailServer.serve(socket) { mail in state.mails.withLock { $0.append(mail) } }
                    socket.close()
                }
            }
            listener.close()
        }
    }

    deinit { listener.shutDown() }

    /// Every mail so far.
    public var mails: [Mail] { state.mails.withLock { $0 } }

    private static func serve(_ socket: LoopbackSocket, _ take: (Mail) -> Void) {
        var unread: [UInt8] = []
        func line() -> String? {
            while true {
                if let end = unread.firstRange(of: [13, 10]) {
                    defer { unread.removeFirst(end.upperBound) }
                    return String(decoding: unread[..<end.lowerBound], as: UTF8.self)
                }
                let bytes = socket.received()
                guard !bytes.isEmpty else { return nil }
                unread += bytes
            }
        }
        func say(_ text: String) -> Bool { socket.send(Array("\(text)\r\n".utf8)) }
        var (sender, recipients) = ("", [String]())
        guard say("220 loopback ESMTP") else { return }
        while let command = line() {
            let verb = command.prefix { $0 != " " && $0 != ":" }.uppercased()
            let address = String(command.drop { $0 != "<" }.dropFirst().prefix { $0 != ">" })
            switch verb {
            case "MAIL": (sender, recipients) = (address, [])
            case "RCPT": recipients.append(address)
            case "DATA":
                guard say("354 go ahead") else { return }
                var lines: [String] = []
                while let next = line(), next != "." {
                    lines.append(next.hasPrefix(".") ? String(next.dropFirst()) : next)
                }
                take(Mail(sender: sender, recipients: recipients, text: lines.joined(separator: "\r\n")))
            case "QUIT":
                _ = say("221 bye")
                return
            default: break
            }
            guard say("250 ok") else { return }
        }
    }
}
