extension FlatTrees {
    /// Walks one row down all trees and hands over the leaf of each, in the order of the trees.
    ///
    /// Eight trees are walked at a time, because one alone would wait for memory at every step.
    @inline(__always)
    func walk(_ codes: Span<UInt16>, _ visit: (Int) -> Void) {
        let nodes = self.nodes.span
        let roots = self.roots.span
        var tree = 0
        while tree + 8 <= roots.count {
            var lanes = Lanes(
                Int(roots[unchecked: tree]), Int(roots[unchecked: tree + 1]), Int(roots[unchecked: tree + 2]),
                Int(roots[unchecked: tree + 3]), Int(roots[unchecked: tree + 4]), Int(roots[unchecked: tree + 5]),
                Int(roots[unchecked: tree + 6]), Int(roots[unchecked: tree + 7]))
            var steps = 0
            for lane in tree..<tree + 8 { steps = max(steps, Int(depths[lane])) }
            while steps > 0 {
                let before = lanes
                lanes.step(nodes, codes, 0, 0, 0, 0, 0, 0, 0, 0)
                lanes.step(nodes, codes, 0, 0, 0, 0, 0, 0, 0, 0)
                steps -= 2
                if lanes.isSame(as: before) { break }
            }
            lanes.visit(visit)
            tree += 8
        }
        while tree < roots.count {
            visit(leaf(of: tree, codes, at: 0))
            tree += 1
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
        var row = 0
        while row + 8 <= starts.count {
            let a = Int(starts[unchecked: row]), b = Int(starts[unchecked: row + 1])
            let c = Int(starts[unchecked: row + 2]), d = Int(starts[unchecked: row + 3])
            let e = Int(starts[unchecked: row + 4]), f = Int(starts[unchecked: row + 5])
            let g = Int(starts[unchecked: row + 6]), h = Int(starts[unchecked: row + 7])
            var lanes = Lanes(root, root, root, root, root, root, root, root)
            var steps = depth
            while steps > 0 {
                let before = lanes
                lanes.step(nodes, codes, a, b, c, d, e, f, g, h)
                lanes.step(nodes, codes, a, b, c, d, e, f, g, h)
                steps -= 2
                if lanes.isSame(as: before) { break }
            }
            var position = row
            lanes.visit { leaf in
                visit(position, leaf)
                position += 1
            }
            row += 8
        }
        while row < starts.count {
            visit(row, leaf(of: tree, codes, at: Int(starts[row])))
            row += 1
        }
    }

    /// The leaf that a row belongs to.
    func leaf(of tree: Int, _ codes: Span<UInt16>, at start: Int) -> Int {
        let nodes = self.nodes.span
        var place = Int(roots[tree])
        while true {
            let next = Lanes.step(place, nodes, codes, start)
            if next == place { return place }
            place = next
        }
    }
}

/// Eight walks at once.
private struct Lanes {
    private var a: Int, b: Int, c: Int, d: Int, e: Int, f: Int, g: Int, h: Int

    @inline(__always)
    init(_ a: Int, _ b: Int, _ c: Int, _ d: Int, _ e: Int, _ f: Int, _ g: Int, _ h: Int) {
        (self.a, self.b, self.c, self.d) = (a, b, c, d)
        (self.e, self.f, self.g, self.h) = (e, f, g, h)
    }

    // Nodes were checked when they were grown or read: every place and every next node exists.
    @inline(__always)
    static func step(_ place: Int, _ nodes: Span<Node>, _ codes: Span<UInt16>, _ start: Int) -> Int {
        let node = nodes[unchecked: place]
        return Int(node.next) &+ (codes[unchecked: start &+ Int(node.place)] > node.bin ? 1 : 0)
    }

    @inline(__always)
    mutating func step(
        _ nodes: Span<Node>, _ codes: Span<UInt16>, _ s: Int, _ t: Int, _ u: Int, _ v: Int, _ w: Int, _ x: Int,
        _ y: Int, _ z: Int
    ) {
        a = Lanes.step(a, nodes, codes, s)
        b = Lanes.step(b, nodes, codes, t)
        c = Lanes.step(c, nodes, codes, u)
        d = Lanes.step(d, nodes, codes, v)
        e = Lanes.step(e, nodes, codes, w)
        f = Lanes.step(f, nodes, codes, x)
        g = Lanes.step(g, nodes, codes, y)
        h = Lanes.step(h, nodes, codes, z)
    }

    @inline(__always)
    func isSame(as other: Lanes) -> Bool {
        let first = (a ^ other.a) | (b ^ other.b) | (c ^ other.c) | (d ^ other.d)
        return first | (e ^ other.e) | (f ^ other.f) | (g ^ other.g) | (h ^ other.h) == 0
    }

    @inline(__always)
    func visit(_ visit: (Int) -> Void) {
        visit(a)
        visit(b)
        visit(c)
        visit(d)
        visit(e)
        visit(f)
        visit(g)
        visit(h)
    }
}
