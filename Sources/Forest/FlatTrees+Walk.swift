extension FlatTrees {
    /// Walks one row down all trees and hands over the leaf of each, in the order of the trees.
    ///
    /// Eight trees are walked at a time, because one alone would wait for memory at every step.
    @inline(__always)
    func walk(_ codes: Span<UInt16>, _ visit: (Int) -> Void) {
        let nodes = self.nodes.span
        let roots = self.roots.span
        let none = Lanes { _ in 0 }
        for tree in stride(from: 0, to: roots.count, by: 8) {
            // Where fewer than eight are left, the last one is walked several times.
            let last = roots.count - 1
            var lanes = Lanes { Int(roots[unchecked: min(tree + $0, last)]) }
            var steps = 0
            for lane in tree...min(tree + 7, last) { steps = max(steps, Int(depths[lane])) }
            while steps > 0 {
                let before = lanes
                lanes.step(nodes, codes, none)
                lanes.step(nodes, codes, none)
                steps -= 2
                if lanes.isSame(as: before) { break }
            }
            lanes.visit(first: min(8, roots.count - tree)) { _, leaf in visit(leaf) }
        }
    }

    /// Walks rows down one tree and hands over the leaf of each, eight rows at a time.
    ///
    /// - Parameters:
    ///   - tree: The number of the tree.
    ///   - codes: The codes of many rows, row after row.
    ///   - starts: Where each row begins in `codes`.
    ///   - visit: Is called with the position in `starts` and the leaf.
    @inline(__always)
    func walk(_ tree: Int, _ codes: Span<UInt16>, starts: Span<Int32>, _ visit: (Int, Int) -> Void) {
        let nodes = self.nodes.span
        let root = Int(roots[tree])
        let depth = Int(depths[tree])
        for row in stride(from: 0, to: starts.count, by: 8) {
            // Where fewer than eight are left, the last one is walked several times.
            let last = starts.count - 1
            let own = Lanes { Int(starts[unchecked: min(row + $0, last)]) }
            var lanes = Lanes { _ in root }
            var steps = depth
            while steps > 0 {
                let before = lanes
                lanes.step(nodes, codes, own)
                lanes.step(nodes, codes, own)
                steps -= 2
                if lanes.isSame(as: before) { break }
            }
            lanes.visit(first: min(8, starts.count - row)) { lane, leaf in visit(row + lane, leaf) }
        }
    }
}

/// Eight walks at once.
private struct Lanes {
    private var a: Int, b: Int, c: Int, d: Int, e: Int, f: Int, g: Int, h: Int

    @inline(__always)
    init(_ lane: (Int) -> Int) {
        (a, b, c, d) = (lane(0), lane(1), lane(2), lane(3))
        (e, f, g, h) = (lane(4), lane(5), lane(6), lane(7))
    }

    // Nodes were checked when they were grown or read: every place and every next node exists.
    @inline(__always)
    static func step(_ place: Int, _ nodes: Span<Node>, _ codes: Span<UInt16>, _ start: Int) -> Int {
        let node = nodes[unchecked: place]
        return Int(node.next) &+ (codes[unchecked: start &+ Int(node.place)] > node.bin ? 1 : 0)
    }

    /// Goes one question down in every walk; `starts` says where each walk's row begins.
    @inline(__always)
    mutating func step(_ nodes: Span<Node>, _ codes: Span<UInt16>, _ starts: Lanes) {
        a = Lanes.step(a, nodes, codes, starts.a)
        b = Lanes.step(b, nodes, codes, starts.b)
        c = Lanes.step(c, nodes, codes, starts.c)
        d = Lanes.step(d, nodes, codes, starts.d)
        e = Lanes.step(e, nodes, codes, starts.e)
        f = Lanes.step(f, nodes, codes, starts.f)
        g = Lanes.step(g, nodes, codes, starts.g)
        h = Lanes.step(h, nodes, codes, starts.h)
    }

    @inline(__always)
    func isSame(as other: Lanes) -> Bool {
        let first = (a ^ other.a) | (b ^ other.b) | (c ^ other.c) | (d ^ other.d)
        return first | (e ^ other.e) | (f ^ other.f) | (g ^ other.g) | (h ^ other.h) == 0
    }

    @inline(__always)
    func visit(first count: Int, _ visit: (_ lane: Int, _ place: Int) -> Void) {
        visit(0, a)
        if count > 1 { visit(1, b) }
        if count > 2 { visit(2, c) }
        if count > 3 { visit(3, d) }
        if count > 4 { visit(4, e) }
        if count > 5 { visit(5, f) }
        if count > 6 { visit(6, g) }
        if count > 7 { visit(7, h) }
    }
}
