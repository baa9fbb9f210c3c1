import FoundationEssentials

extension LoopbackServer {
    /// Starts a server of a directory's files with `ETag` and `Last-Modified`; it answers conditional requests with 304.
    ///
    /// - Parameters:
    ///   - directory: The directory that `/` stands for.
    ///   - port: The port to listen on; 0 lets the system choose.
    /// - Throws: If the port is taken.
    public convenience init(directory: String, port: UInt16 = 0) throws(LoopbackError) {
        try self.init(port: port) { LoopbackServer.file(for: $0, in: directory) }
    }

    /// Answers a request with a file; 404 if there is none, 304 if the client's validators still hold.
    public static func file(for request: LoopbackRequest, in directory: String) -> LoopbackResponse {
        guard request.method == "GET" || request.method == "HEAD" else { return .status(405) }
        let path = directory + request.path
        guard !request.path.split(separator: "/").contains(".."),
            let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            attributes[.type] as? FileAttributeType == .typeRegular,
            let content = FileManager.default.contents(atPath: path)
        else { return .status(404) }
        let changed = (attributes[.modificationDate] as? Date) ?? Date(timeIntervalSince1970: 0)
        let types = ["csv": "text/csv", "json": "application/json", "html": "text/html"]
        let suffix = String(path.split(separator: ".").last ?? "")
        return .conditional(
            Array(content), changed: Int(changed.timeIntervalSince1970),
            contentType: types[suffix] ?? "application/octet-stream", to: request)
    }
}
