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
                } else if let lines = lines(plan, former, slack, &stream, &isOverfull) {
                    parts.append(lines)
                } else {
                    parts.append(pieces(plan, former, slack, &stream, &isOverfull))
                }
            }
            count = stream.finish(with: writer.ending)
            isOverfull = isOverfull || stream.isOverfull
        }
        return isOverfull ? nil : Page(format, isCompressed: true, bytes: bytes, parts: parts)
    }

    /// A family whose lines change one by one; nil if it is none, or better written piece by piece.
    private func lines(
        _ plan: Plan, _ former: Page?, _ slack: Int, _ stream: inout GzipStream, _ isOverfull: inout Bool
    ) -> Page.Part? {
        guard writer.isLineByLine(plan.series), let template = plan.series.layout.template else { return nil }
        let before = stream.writer
        if let former, let part = plan.former {
            // What was better before is better now.
            guard let kept = part.lines, let head = part.pieces.first else { return nil }
            if var lines = kept.take() {
                stream.beginPart()
                stream.append(head, at: part.range.lowerBound, of: former)
                let isWritten = stream.appendLines(
                    of: plan.series, template, changing: &lines, of: part.series, at: part.linesStart, of: former)
                if isWritten { return stream.endPart(part.pieces, lines, plan.series) }
                stream.writer = before
                return nil
            }
        }
        if plan.series.hasAbsent { return nil }
        stream.beginPart()
        let head = withUnsafeTemporaryAllocation(byteCount: plan.headBound * slack, alignment: 8) { scratch in
            var cursor = ByteCursor(scratch)
            writer.writeHead(of: plan.series.descriptor, to: &cursor)
            isOverfull = isOverfull || cursor.isOverfull
            return stream.append(cursor.written(from: 0), rows: 0..<0)
        }
        let lines = stream.appendLines(of: plan.series, template)
        if isBetterInPieces(plan, lines) {
            stream.writer = before
            return nil
        }
        return stream.endPart([head], lines, plan.series)
    }

    /// Whether long numbers resemble each other so much that it pays to look for that, judged by the first lines.
    private func isBetterInPieces(_ plan: Plan, _ lines: CompressedLines) -> Bool {
        let rows = 0..<min(64, lines.ends.count)
        guard rows.count >= 16 else { return false }
        let numbers = lines.lengths[rows].reduce(0) { $0 + Int($1) } - plan.series.layout.ends[rows.count - 1]
        guard numbers >= rows.count * 12 else { return false }
        let bound = plan.bound(rows)
        return withUnsafeTemporaryAllocation(byteCount: bound * 3, alignment: 8) { scratch in
            var stream = GzipStream(UnsafeMutableRawBufferPointer(rebasing: scratch[bound...]))
            let begin = stream.writer.count
            for first in stride(from: 0, to: rows.count, by: Self.linesPerPiece) {
                let rows = first..<min(first + Self.linesPerPiece, rows.count)
                var cursor = ByteCursor(UnsafeMutableRawBufferPointer(rebasing: scratch[..<bound]))
                writer.write(rows, of: plan.series, to: &cursor)
                _ = stream.append(cursor.written(from: 0), rows: rows)
            }
            return (stream.writer.count - begin) * 16 < lines.end(of: rows.count - 1) * 15
        }
    }

    /// A family of which several lines change together.
    private func pieces(
        _ plan: Plan, _ former: Page?, _ slack: Int, _ stream: inout GzipStream, _ isOverfull: inout Bool
    ) -> Page.Part {
        stream.beginPart()
        let pieces = pieces(of: plan)
        // Once for all pieces, so that many take no more memory than one.
        let bound = pieces.reduce(0) { max($0, $1.isEqual ? 0 : plan.bound($1.rows)) } + plan.headBound
        var written: [Page.Piece] = []
        written.reserveCapacity(pieces.count)
        withUnsafeTemporaryAllocation(byteCount: bound * slack, alignment: 8) { scratch in
            var next = 0
            while next < pieces.count {
                let first = next
                while next < pieces.count, pieces[next].isEqual { next += 1 }
                if next > first, let former, let part = plan.former {
                    stream.append(part.pieces[first..<next], at: part.range.lowerBound, of: former, to: &written)
                    continue
                }
                var cursor = ByteCursor(scratch)
                write(pieces[next].rows, of: plan.series, to: &cursor)
                isOverfull = isOverfull || cursor.isOverfull
                written.append(stream.append(cursor.written(from: 0), rows: pieces[next].rows))
                next += 1
            }
        }
        return stream.endPart(written, nil, plan.series)
    }
}
