import Clibcurl

/// Unpacks a gzip body as it arrives, and knows whether it came to its end.
///
/// libcurl takes a stream that is cut short for a whole one as long as HTTP's own framing is complete.
///
/// Source: RFC 1952; zlib's manual on `inflate`.
final class GzipBody {
    /// What a piece of the body came to.
    enum Progress {
        case going
        case broken
        case tooLarge
    }

    private let stream: UnsafeMutablePointer<z_stream>
    private let isReady: Bool
    private var hasBegun = false
    private var isAtEnd = false

    init() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        isReady = ccurl_inflate_start(stream) == Z_OK
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Whether the body ended where its last member does.
    var isWhole: Bool { isAtEnd || !hasBegun }

    /// Appends what a piece unpacks to, up to a limit in bytes.
    func unpack(_ piece: UnsafeRawBufferPointer, into body: inout [UInt8], limit: Int) -> Progress {
        guard isReady else { return .broken }
        guard let start = piece.bindMemory(to: UInt8.self).baseAddress, !piece.isEmpty else { return .going }
        hasBegun = true
        stream.pointee.next_in = UnsafeMutablePointer(mutating: start)
        stream.pointee.avail_in = UInt32(piece.count)
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 65_536) { room in
            repeat {
                if isAtEnd {
                    // Another member follows; anything else behind the end is rubbish.
                    guard inflateReset(stream) == Z_OK else { return .broken }
                    isAtEnd = false
                }
                stream.pointee.next_out = room.baseAddress
                stream.pointee.avail_out = UInt32(room.count)
                let code = inflate(stream, Z_NO_FLUSH)
                let count = room.count - Int(stream.pointee.avail_out)
                guard body.count + count <= limit else { return .tooLarge }
                body.append(contentsOf: room[..<count])
                switch code {
                case Z_OK: break
                case Z_STREAM_END: isAtEnd = true
                case Z_BUF_ERROR: return .going
                default: return .broken
                }
            } while stream.pointee.avail_in > 0 || (stream.pointee.avail_out == 0 && !isAtEnd)
            return .going
        }
    }
}
