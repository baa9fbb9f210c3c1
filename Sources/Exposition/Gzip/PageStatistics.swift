/// How often the symbols of deflate come up in exposition pages, roughly: in a thousand lines of which every second
/// number has many digits, and every fifth is a histogram's.
enum PageStatistics {
    /// The 256 bytes, the end, and the 29 classes of match lengths.
    static let symbols: [Int] = {
        var weights = [Int](repeating: 1, count: 286)
        for byte in UInt8(ascii: " ")...UInt8(ascii: "~") { weights[Int(byte)] = 8 }
        for byte in UInt8(ascii: "a")...UInt8(ascii: "z") { weights[Int(byte)] = 40 }
        for byte in UInt8(ascii: "0")...UInt8(ascii: "9") { weights[Int(byte)] = 1000 }
        for byte in "_/-,=".utf8 { weights[Int(byte)] = 50 }
        for byte in "\"} ".utf8 { weights[Int(byte)] = 200 }
        weights[Int(UInt8(ascii: "."))] = 500
        weights[Int(UInt8(ascii: "\n"))] = 1000
        for symbol in 257...264 { weights[symbol] = 80 }
        for symbol in 265...276 { weights[symbol] = 90 }
        for symbol in 277...280 { weights[symbol] = 50 }
        for symbol in 281...285 { weights[symbol] = 10 }
        return weights
    }()

    /// The 30 classes of distances.
    static let distances: [Int] = (0..<30).map { symbol in
        switch symbol {
        // Repeated digits.
        case 0...4: 3
        case 5...8: 10
        // A line back.
        case 9...13: 100
        case 14...15: 40
        case 16...23: 12
        default: 1
        }
    }
}
