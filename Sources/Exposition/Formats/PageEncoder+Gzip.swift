extension PageEncoder {
    /// The page as one gzip member of one deflate block, into which the bits of what did not change are copied.
    ///
    /// A member for each piece would need less arithmetic, but browsers and libcurl stop reading after the first.
    ///
    /// - Parameters:
    ///   - plans: The families.
    ///   - former: The page before.
    ///   - capacity: How many bytes the page may have.
    ///   - slack: By what to multiply the room in which texts are written before they are compressed.
    /// - Returns: Nil if something did not fit.
    func compressed(_ plans: [Plan], former: Page?, capacity: Int, slack: Int) -> Page? {
        var parts: [Page.Part] = []
        parts.reserveCapacity(plans.count)
        var isOverfull = false
        let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            var stream = GzipStream(UnsafeMutableRawBufferPointer(buffer))
            for plan in plans {
                if let former, let part = plan.former, plan.isUnchanged {
                    parts.append(stream.append(part, of: former, plan.series))
                } else if writer.isLineByLine(plan.series), let template = plan.series.layout.template {
                    parts.append(lines(plan, template, former, slack, &stream, &isOverfull))
                } else {
                    parts.append(pieces(plan, former, slack, &stream, &isOverfull))
                }
            }
            count = stream.finish(with: writer.ending)
            isOverfull = isOverfull || stream.isOverfull
        }
        return isOverfull ? nil : Page(format, isCompressed: true, bytes: bytes, parts: parts)
    }

    /// A family whose lines change one by one.
    private func lines(
        _ plan: Plan, _ template: LineTemplate, _ former: Page?, _ slack: Int, _ stream: inout GzipStream,
        _ isOverfull: inout Bool
    ) -> Page.Part {
        stream.beginPart()
        if let former, let part = plan.former, let lines = part.lines, let head = part.pieces.first {
            let head = stream.append(head, at: part.start, of: former)
            let changed = stream.appendLines(
                of: plan.series, template, changing: lines, of: part.series, at: part.linesStart, of: former)
            return stream.endPart([head], changed, plan.series)
        }
        let head = withUnsafeTemporaryAllocation(byteCount: plan.headBound * slack, alignment: 8) { scratch in
            var cursor = ByteCursor(scratch)
            writer.writeHead(of: plan.series.descriptor, to: &cursor)
            isOverfull = isOverfull || cursor.isOverfull
            return stream.append(cursor.written(from: 0), rows: 0..<0)
        }
        return stream.endPart([head], stream.appendLines(of: plan.series, template), plan.series)
    }

    /// A family of which several lines change together.
    private func pieces(
        _ plan: Plan, _ former: Page?, _ slack: Int, _ stream: inout GzipStream, _ isOverfull: inout Bool
    ) -> Page.Part {
        stream.beginPart()
        let pieces = pieces(of: plan).enumerated().map { position, piece in
            if piece.isKept, let former, let part = plan.former {
                return stream.append(part.pieces[position], at: part.start, of: former)
            }
            let bound = plan.bound(piece.rows) + (piece.rows.lowerBound == 0 ? plan.headBound : 0)
            return withUnsafeTemporaryAllocation(byteCount: bound * slack, alignment: 8) { scratch in
                var cursor = ByteCursor(scratch)
                write(piece.rows, of: plan.series, to: &cursor)
                isOverfull = isOverfull || cursor.isOverfull
                return stream.append(cursor.written(from: 0), rows: piece.rows)
            }
        }
        return stream.endPart(pieces, nil, plan.series)
    }
}
