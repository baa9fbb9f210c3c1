/// Makes pages of families, taking over from the page before what did not change.
struct PageEncoder<Writer: FamilyWriter> {
    /// About how many lines make up a piece: few, so that a change costs little; many, so that they compress well.
    static var linesPerPiece: Int { 16 }

    let writer: Writer
    let format: ExpositionFormat

    /// The page of these families, which are sorted by name.
    ///
    /// - Parameters:
    ///   - families: What to expose; those without a value are left out.
    ///   - isCompressed: Whether to compress.
    ///   - former: An earlier page in the same format and compression, or nil.
    /// - Returns: The page; the former one itself if it would be the same.
    func page(of families: [ArrangedSeries], isCompressed: Bool, former: Page?) -> Page {
        let plans = plan(families, former)
        if let former, plans.count == former.parts.count, plans.allSatisfy(\.isUnchanged) { return former }
        let size =
            isCompressed
            ? former.map { $0.bytes.count * 9 / 8 + 4096 } ?? plans.reduce(4096) { $0 + $1.bound / 3 }
            : plans.reduce(64) { $0 + $1.bound }
        var slack = 1
        while true {
            let page =
                isCompressed
                ? compressed(plans, former: former, capacity: size * slack, slack: slack)
                : plain(plans, former: former, capacity: size * slack)
            if let page { return page }
            slack *= 2
        }
    }

    /// A family, and its state in the page before.
    struct Plan {
        let series: ArrangedSeries
        let former: Page.Part?
        /// Whether the family is as it was.
        let isUnchanged: Bool

        /// More bytes than the family takes up.
        var bound: Int { headBound + bound(series.layout.labels.indices) }

        /// More bytes than its head takes up.
        var headBound: Int { series.descriptor.help.utf8.count * 2 + series.descriptor.name.utf8.count * 4 + 128 }

        /// More bytes than some rows take up.
        func bound(_ rows: Range<Int>) -> Int {
            var bound = series.layout.bound(rows)
            if !series.exemplars.isEmpty {
                for row in rows { bound += (series.exemplars[row]?.count ?? 0) * 700 }
            }
            if !series.natives.isEmpty {
                for value in series.natives[rows] { bound += (value.positive.count + value.negative.count) * 40 + 80 }
            }
            return bound
        }
    }

    private func plan(_ families: [ArrangedSeries], _ former: Page?) -> [Plan] {
        let earlier = former?.parts ?? []
        var next = 0
        var plans: [Plan] = []
        plans.reserveCapacity(families.count)
        for series in families where !series.isEmpty {
            var part: Page.Part?
            if next < earlier.count, earlier[next].series.layout === series.layout {
                part = earlier[next]
            } else {
                while next < earlier.count, earlier[next].series.descriptor.name < series.descriptor.name { next += 1 }
            }
            if next < earlier.count, earlier[next].series.descriptor.name == series.descriptor.name { next += 1 }
            plans.append(
                Plan(series: series, former: part, isUnchanged: part.map { series.equals($0.series) } ?? false))
        }
        return plans
    }

    /// The rows of each piece, and whether they are as they were.
    func pieces(of plan: Plan) -> [(rows: Range<Int>, isEqual: Bool)] {
        let layout = plan.series.layout
        let rows = layout.labels.count
        let step =
            writer.isIndivisible
            ? rows
            : layout.isPlain ? Self.linesPerPiece : max(1, Self.linesPerPiece / (layout.tails.text.count + 2))
        // A part that was made of single lines has no pieces to be kept.
        if let former = plan.former, former.lines == nil {
            return plan.series.compared(with: former.series, every: step)
        }
        return stride(from: 0, to: rows, by: step).map { ($0..<min($0 + step, rows), false) }
    }

    /// Writes one piece.
    func write(_ rows: Range<Int>, of series: ArrangedSeries, to cursor: inout ByteCursor) {
        if rows.lowerBound == 0 { writer.writeHead(of: series.descriptor, to: &cursor) }
        writer.write(rows, of: series, to: &cursor)
    }

    private func plain(_ plans: [Plan], former: Page?, capacity: Int) -> Page? {
        var parts: [Page.Part] = []
        parts.reserveCapacity(plans.count)
        var isOverfull = false
        let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            var cursor = ByteCursor(UnsafeMutableRawBufferPointer(buffer))
            for plan in plans {
                let start = cursor.count
                if let former, let part = plan.former, plan.isUnchanged {
                    cursor.write(former.bytes[part.range])
                    parts.append(part.moved(to: start, plan.series))
                    continue
                }
                let pieces = pieces(of: plan).enumerated().map { position, piece in
                    let begin = cursor.count
                    if piece.isEqual, let former, let part = plan.former {
                        let (start, range) = (part.range.lowerBound, part.pieces[position].range)
                        cursor.write(former.bytes[start + range.lowerBound..<start + range.upperBound])
                    } else {
                        write(piece.rows, of: plan.series, to: &cursor)
                    }
                    return Page.Piece(
                        rows: piece.rows, range: begin - start..<cursor.count - start, length: cursor.count - begin,
                        checksum: 0)
                }
                parts.append(
                    Page.Part(plan.series, pieces, range: start..<cursor.count, length: cursor.count - start))
            }
            cursor.write(writer.ending)
            isOverfull = cursor.isOverfull
            count = cursor.count
        }
        return isOverfull ? nil : Page(format, isCompressed: false, bytes: bytes, parts: parts)
    }
}
