/// Takes delimited protocol buffers apart into a line each, knowing only which fields are texts and messages.
enum ProtobufDump {
    static func lines(_ page: [UInt8]) -> String {
        var rest = page[...]
        var lines = ""
        while let length = varint(&rest), length <= rest.count {
            lines += fields(rest.prefix(Int(length)), ["family"]) + "\n"
            rest = rest.dropFirst(Int(length))
        }
        return rest.isEmpty ? lines : lines + "left over: \(rest.count) bytes\n"
    }

    /// The texts by the fields that lead to them.
    private static let texts: Set<[String]> = [["family", "1"], ["family", "2"], ["family", "5"]]

    private static func fields(_ message: ArraySlice<UInt8>, _ path: [String]) -> String {
        var rest = message
        var fields: [String] = []
        while let key = varint(&rest) {
            let number = "\(key >> 3)"
            switch key & 7 {
            case 0: fields.append("\(number):\(varint(&rest) ?? 0)")
            case 1:
                let bits = rest.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
                fields.append("\(number):\(Double(bitPattern: bits))")
                rest = rest.dropFirst(8)
            default:
                let length = Int(varint(&rest) ?? 0)
                let inner = rest.prefix(length)
                rest = rest.dropFirst(length)
                // A label stands in field 1 of a metric or an exemplar, and has texts in its own fields. Histograms,
                // counters and the like have a number there, and spans too.
                let isText = path.last == "label" || texts.contains(path + [number])
                fields.append(
                    isText
                        ? "\(number):\(String(decoding: inner, as: UTF8.self))"
                        : "\(number):(\(Self.fields(inner, path + [number == "1" ? "label" : number])))")
            }
        }
        return fields.joined(separator: " ")
    }

    private static func varint(_ bytes: inout ArraySlice<UInt8>) -> UInt64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while let byte = bytes.popFirst() {
            value |= UInt64(byte & 127) << shift
            if byte < 128 { return value }
            shift += 7
        }
        return nil
    }
}
