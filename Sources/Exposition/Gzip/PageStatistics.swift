/// How often the symbols of deflate come up in exposition pages, roughly.
enum PageStatistics {
    /// The 256 bytes, the end, and the 29 classes of match lengths.
    static let symbols: [Int] = {
        var weights = [Int](repeating: 1, count: 286)
        for byte in UInt8(ascii: " ")...UInt8(ascii: "~") { weights[Int(byte)] = 8 }
        for byte in UInt8(ascii: "a")...UInt8(ascii: "z") { weights[Int(byte)] = 40 }
        for byte in UInt8(ascii: "0")...UInt8(ascii: "9") { weights[Int(byte)] = 400 }
        for byte in "_\"/-.,=".utf8 { weights[Int(byte)] = 40 }
        weights[Int(UInt8(ascii: "."))] = 160
        for symbol in 257...264 { weights[symbol] = 60 }
        for symbol in 265...272 { weights[symbol] = 80 }
        for symbol in 273...280 { weights[symbol] = 90 }
        for symbol in 281...285 { weights[symbol] = 20 }
        return weights
    }()

    /// The 30 classes of distances.
    static let distances: [Int] = (0..<30).map { symbol in
        switch symbol {
        case 0...9: 2
        // A line or two back.
        case 10...15: 60
        case 16...23: 20
        default: 1
        }
    }
}
