import Clibcurl

/// A libcurl multi handle: the connections that transfers share.
///
/// The address is kept as a number, because only one call on it, `wake`, is made from other threads, which libcurl
/// allows; every other call is made by the actor that owns the handle.
final class MultiHandle: Sendable {
    private static let start: CURLcode = ccurl_start()
    private let address: UInt

    init() {
        address = MultiHandle.start == CURLE_OK ? UInt(bitPattern: curl_multi_init()) : 0
    }

    deinit {
        if let pointer { curl_multi_cleanup(pointer) }
    }

    /// The handle, nil if libcurl could not make it.
    var pointer: UnsafeMutableRawPointer? { UnsafeMutableRawPointer(bitPattern: address) }

    /// Ends the wait under way, or the next one.
    func wake() {
        if let pointer { curl_multi_wakeup(pointer) }
    }
}
