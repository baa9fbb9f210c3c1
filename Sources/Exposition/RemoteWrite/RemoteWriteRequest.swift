/// A request of Prometheus' remote write 1.0: series with samples, as the protocol buffers `prometheus.WriteRequest`.
///
/// Source: Prometheus Remote-Write 1.0 specification.
public struct RemoteWriteRequest: Sendable, Hashable {
    /// One series and some of its samples.
    public struct Series: Sendable, Hashable {
        /// Names and values of labels, `__name__` among them, sorted by name.
        public var labels: [Label]
        /// The samples, the oldest first.
        public var samples: [Sample]

        /// Makes a series.
        public init(labels: [Label], samples: [Sample]) {
            self.labels = labels
            self.samples = samples
        }
    }

    /// A label's name and value.
    public struct Label: Sendable, Hashable {
        /// The name.
        public var name: String
        /// The value, not empty.
        public var value: String

        /// Makes a label.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// A value at an instant.
    public struct Sample: Sendable, Hashable {
        /// The value.
        public var value: Double
        /// Unix time in milliseconds.
        public var timestamp: Int64

        /// Makes a sample.
        public init(value: Double, timestamp: Int64) {
            self.value = value
            self.timestamp = timestamp
        }
    }

    /// The headers that go with the body.
    public static let headers = [
        "Content-Type": "application/x-protobuf", "Content-Encoding": "snappy",
        "X-Prometheus-Remote-Write-Version": "0.1.0",
    ]

    /// What is written.
    public var series: [Series]

    /// Makes a request.
    public init(series: [Series]) {
        self.series = series
    }

    /// The message, not compressed.
    public var message: [UInt8] {
        var message: [UInt8] = []
        for series in series {
            var inner: [UInt8] = []
            for label in series.labels {
                var pair: [UInt8] = []
                Self.append(1, Array(label.name.utf8), to: &pair)
                Self.append(2, Array(label.value.utf8), to: &pair)
                Self.append(1, pair, to: &inner)
            }
            for sample in series.samples {
                var pair: [UInt8] = [1 << 3 | 1]
                withUnsafeBytes(of: sample.value.bitPattern.littleEndian) { pair.append(contentsOf: $0) }
                pair.append(2 << 3)
                Self.append(UInt64(bitPattern: sample.timestamp), to: &pair)
                Self.append(2, pair, to: &inner)
            }
            Self.append(1, inner, to: &message)
        }
        return message
    }

    /// The body as it is sent.
    public var body: [UInt8] { SnappyBlock.compress(message) }

    private static func append(_ field: UInt64, _ bytes: [UInt8], to message: inout [UInt8]) {
        append(field << 3 | 2, to: &message)
        append(UInt64(bytes.count), to: &message)
        message += bytes
    }

    private static func append(_ varint: UInt64, to message: inout [UInt8]) {
        var value = varint
        while value >= 0x80 {
            message.append(UInt8(value & 0x7f) | 0x80)
            value >>= 7
        }
        message.append(UInt8(value))
    }
}
