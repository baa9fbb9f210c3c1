extension PageEncoder {
    /// The page as one gzip member of one deflate block, into which the bits of unchanged pieces are copied.
    ///
    /// A member for each piece would need less arithmetic, but browsers and libcurl stop reading after the first.
    func compressed(_ plans: [Plan], former: Page?, capacity: Int, scratch: Int) -> Page? {
        var parts: [Page.Part] = []
        parts.reserveCapacity(plans.count)
        var isOverfull = false
        let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            var stream = GzipStream(UnsafeMutableRawBufferPointer(buffer))
            withUnsafeTemporaryAllocation(byteCount: scratch, alignment: 8) { scratch in
                for plan in plans {
                    if let former, let part = plan.former, plan.isUnchanged {
                        parts.append(stream.append(part, of: former, plan.series))
                        continue
                    }
                    stream.beginPart()
                    let pieces = zip(plan.pieces, plan.kept).enumerated().map { position, piece in
                        if piece.1, let former, let part = plan.former {
                            return stream.append(part.pieces[position], at: part.start, of: former)
                        }
                        var cursor = ByteCursor(scratch)
                        write(piece.0, of: plan.series, to: &cursor)
                        isOverfull = isOverfull || cursor.isOverfull
                        return stream.append(cursor.written(from: 0), rows: piece.0)
                    }
                    parts.append(stream.endPart(pieces, plan.series))
                }
            }
            count = stream.finish(with: writer.ending)
            isOverfull = isOverfull || stream.isOverfull
        }
        return isOverfull ? nil : Page(format, isCompressed: true, bytes: bytes, parts: parts)
    }
}
