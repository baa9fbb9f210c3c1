/// Makes pages of families, taking over from the page before what did not change.
struct PageEncoder<Writer: FamilyWriter> {
    /// About how many lines make up a piece: few, so that a change costs little; many, so that they compress well.
    private static var linesPerPiece: Int { 16 }

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
        let plans = plan(families.filter { !$0.isEmpty }, former)
        if let former, plans.count == former.parts.count, plans.allSatisfy(\.isUnchanged) { return former }
        let size = plans.reduce(64) { $0 + $1.bound }
        var capacity = isCompressed ? max(former.map { $0.bytes.count * 5 / 4 } ?? size / 3, 4096) : size
        while true {
            let page =
                isCompressed
                ? compressed(plans, former: former, capacity: capacity, scratch: size)
                : plain(plans, former: former, capacity: capacity)
            if let page { return page }
            capacity *= 2
        }
    }

    /// A family, its division into pieces, and its state in the page before.
    struct Plan {
        let series: ArrangedSeries
        let former: Page.Part?
        let pieces: [Range<Int>]
        /// Whether each piece is as it was.
        let kept: [Bool]

        var isUnchanged: Bool { former != nil && !kept.contains(false) }
        /// More bytes than the family takes up.
        var bound: Int {
            let exemplars = series.exemplars.values.reduce(0) { $0 + $1.count * 700 }
            let natives = series.natives.reduce(0) { $0 + ($1.positive.count + $1.negative.count) * 40 + 80 }
            return series.layout.bound(series.layout.labels.indices) + exemplars + natives
                + series.descriptor.help.utf8.count * 2 + series.descriptor.name.utf8.count * 4 + 128
        }
    }

    private func plan(_ families: [ArrangedSeries], _ former: Page?) -> [Plan] {
        var earlier = former?.parts[...] ?? []
        return families.map { series in
            while let part = earlier.first, part.series.descriptor.name < series.descriptor.name {
                earlier.removeFirst()
            }
            let part = earlier.first.flatMap { $0.series.layout === series.layout ? $0 : nil }
            let pieces = pieces(of: series.layout)
            return Plan(
                series: series, former: part, pieces: pieces,
                kept: pieces.map { rows in part.map { series.equals($0.series, in: rows) } ?? false })
        }
    }

    private func pieces(of layout: SeriesLayout) -> [Range<Int>] {
        let rows = layout.labels.count
        if writer.isIndivisible { return [0..<rows] }
        let step = layout.isPlain ? Self.linesPerPiece : max(1, Self.linesPerPiece / (layout.tails.text.count + 2))
        return stride(from: 0, to: rows, by: step).map { $0..<min($0 + step, rows) }
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
                let pieces = zip(plan.pieces, plan.kept).enumerated().map { position, piece in
                    let begin = cursor.count
                    if piece.1, let former, let part = plan.former {
                        let range = part.pieces[position].range
                        cursor.write(former.bytes[part.start + range.lowerBound..<part.start + range.upperBound])
                    } else {
                        write(piece.0, of: plan.series, to: &cursor)
                    }
                    return Page.Piece(
                        rows: piece.0, range: begin - start..<cursor.count - start, length: cursor.count - begin,
                        checksum: 0, shift: 0)
                }
                parts.append(
                    Page.Part(
                        series: plan.series, pieces: pieces, start: start, length: cursor.count - start, checksum: 0))
            }
            cursor.write(writer.ending)
            isOverfull = cursor.isOverfull
            count = cursor.count
        }
        return isOverfull ? nil : Page(format, isCompressed: false, bytes: bytes, parts: parts)
    }
}
