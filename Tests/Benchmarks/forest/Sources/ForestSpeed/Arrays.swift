import Glibc

/// A training set in a file: numbers of rows and columns, then column after column of doubles, then the labels.
struct Arrays {
    var columns: [[Double]] = []
    var labels: [Int] = []

    struct Unreadable: Error {
        let path: String
    }

    init(path: String) throws {
        guard let file = fopen(path, "rb") else { throw Unreadable(path: path) }
        defer { fclose(file) }
        func read<Value: BitwiseCopyable>(_ count: Int, _ zero: Value) throws -> [Value] {
            var values = [Value](repeating: zero, count: count)
            let read = values.withUnsafeMutableBytes { fread($0.baseAddress, MemoryLayout<Value>.size, count, file) }
            guard read == count else { throw Unreadable(path: path) }
            return values
        }
        let shape = try read(2, 0)
        for _ in 0..<shape[1] { columns.append(try read(shape[0], 0.0)) }
        labels = try read(shape[0], 0)
    }

    /// Row after row.
    var flat: [Double] {
        labels.indices.flatMap { row in columns.map { $0[row] } }
    }
}
